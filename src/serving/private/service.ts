import type { ApiObjectMetadata } from 'cdk8s';
import { Deployment, Service, ServiceType } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { WorkloadSpec } from './workload-spec';
import type { ExposureConfig } from '../../exposure';
import { invalid } from '../../private/errors';
import { amend } from '../../private/overlay';

/**
 * The Service of a workload: the port that serves as the exposure has it, and the others but that of the metrics under their own numbers.
 *
 * A load balancer leads to the one that serves alone: the network policy keeps callers from outside off the others.
 */
export function serviceOf(
  scope: Construct, metadata: ApiObjectMetadata, deployment: Deployment, spec: WorkloadSpec, exposed: ExposureConfig,
): Service {
  const [serving, ...others] = spec.ports;
  const { serviceType, servicePort, serviceAnnotations, sourceRanges } = exposed;
  const further = serviceType === ServiceType.LOAD_BALANCER ? [] : others.filter(port => port.name !== spec.metrics?.port);
  const taken = further.find(port => port.number === servicePort);
  if (taken) {
    throw invalid(scope, 'exposure', servicePort, `be another port than those of the server, and "${taken.name}" has it`, 'take another port');
  }
  const service = new Service(scope, 'Service', {
    metadata: { ...metadata, annotations: serviceAnnotations },
    type: serviceType,
    selector: deployment,
    loadBalancerSourceRanges: sourceRanges,
    ports: [
      { name: serving.name, port: servicePort, targetPort: serving.number },
      ...further.map(port => ({ name: port.name, port: port.number, targetPort: port.number })),
    ],
  });
  const names = new Map(spec.ports.map(port => [port.number, port.name]));
  amend(service, manifest => {
    if (manifest.spec.type === 'ClusterIP') { delete manifest.spec.type; }
    if (manifest.spec.externalIPs?.length === 0) { delete manifest.spec.externalIPs; }
    for (const port of manifest.spec.ports ?? []) { port.targetPort = names.get(port.targetPort) ?? port.targetPort; }
  });
  return service;
}
