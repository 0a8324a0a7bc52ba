import { ApiObject } from 'cdk8s';
import { Service } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { seconds } from './timeout';
import { ExposureHost } from '../exposure';

/**
 * What Google's load balancers must be told of a Service: they would ask for "/" to see whether a pod is healthy, which many model
 * servers answer with 404, and give up on a request after 30 seconds.
 */
export function gkePolicies(scope: Construct, service: Service, host: ExposureHost): ApiObject[] {
  const policy = (id: string, kind: string, settings: object) => new ApiObject(scope, id, {
    apiVersion: 'networking.gke.io/v1',
    kind,
    metadata: { name: host.name, labels: host.labels },
    spec: { default: settings, targetRef: { group: '', kind: 'Service', name: service.name } },
  });
  const portSpecification = 'USE_SERVING_PORT';
  const config = host.healthPath === undefined
    ? { type: 'TCP', tcpHealthCheck: { portSpecification } }
    : { type: 'HTTP', httpHealthCheck: { portSpecification, requestPath: host.healthPath } };
  const policies = [policy('HealthCheckPolicy', 'HealthCheckPolicy', { config })];
  const timeoutSec = seconds(host.requestTimeout);
  if (timeoutSec !== undefined) { policies.push(policy('BackendPolicy', 'GCPBackendPolicy', { timeoutSec })); }
  return policies;
}
