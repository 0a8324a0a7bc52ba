import { ApiObject } from 'cdk8s';
import { Service } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { seconds } from './timeout';
import { invalid } from '../../private/errors';
import { ExposureHost } from '../exposure';

/** What a HealthCheckPolicy takes for a path. */
const PATH = /^\/[A-Za-z0-9/\-._~%!?$&'()*+,;=:]*$/;

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
  if (host.healthPath !== undefined && !PATH.test(host.healthPath)) {
    throw invalid(scope, 'exposure', host.healthPath, 'be for a server whose health path GKE\'s load balancers take: letters, digits and "-._~%!?$&\'()*+,;=:/"',
      'give the server another health path');
  }
  const serving = { portSpecification: 'USE_SERVING_PORT' };
  const port = host.healthPort === undefined ? serving : { portSpecification: 'USE_FIXED_PORT', port: host.healthPort };
  const config = host.healthPath === undefined
    ? { type: 'TCP', tcpHealthCheck: serving }
    : { type: 'HTTP', httpHealthCheck: { ...port, requestPath: host.healthPath } };
  const policies = [policy('HealthCheckPolicy', 'HealthCheckPolicy', { config })];
  const timeoutSec = seconds(host.requestTimeout);
  if (timeoutSec !== undefined) { policies.push(policy('BackendPolicy', 'GCPBackendPolicy', { timeoutSec })); }
  return policies;
}
