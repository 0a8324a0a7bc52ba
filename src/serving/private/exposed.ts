import { Duration } from 'cdk8s';
import { Service, ServiceType } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { WorkloadSpec } from './workload-spec';
import type { Exposure, ExposureConfig, ExposureHost, ExposureParts } from '../../exposure';
import { checkAnnotations } from '../../private/annotations';
import { checkBoolean } from '../../private/booleans';
import { checkCidrs } from '../../private/cidr';
import { invalid } from '../../private/errors';
import { checkDnsLabel } from '../../private/names';
import { checkPort, checkSeconds } from '../../private/numbers';
import { checkList, checkProps, Known } from '../../private/props';
import type { WorkloadProps } from '../workload-props';

const CONFIG: Known<ExposureConfig> = {
  serviceType: true,
  servicePort: true,
  serviceAnnotations: true,
  sourceRanges: true,
  fromOutside: true,
  fromNamespaces: true,
  healthPort: true,
  drainDelay: true,
};
const PARTS: Known<ExposureParts> = { ingress: true, httpRoute: true, gateway: true, redirect: true, policies: true };
const TYPES = Object.values(ServiceType);

/** What an exposure may know of a workload. */
export function exposureHost(name: string, labels: { [key: string]: string }, spec: WorkloadSpec, props: WorkloadProps): ExposureHost {
  const { path, portName } = spec.readiness;
  const [serving] = spec.ports;
  const health = spec.ports.find(port => port.name === (portName ?? serving.name));
  return {
    name,
    containerPort: serving.number,
    servicePort: spec.servicePort ?? serving.number,
    healthPath: path,
    ...(path !== undefined && health !== serving ? { healthPort: health?.number } : {}),
    requestTimeout: props.requestTimeout,
    labels,
  };
}

/** What an exposure says, checked, since its class may be the user's. */
export function boundExposure(scope: Construct, exposure: Exposure, host: ExposureHost): ExposureConfig {
  const config = checkProps(scope, 'exposure.bind', exposure.bind(scope, host), CONFIG);
  if (!TYPES.includes(config.serviceType)) {
    throw invalid(scope, 'exposure.serviceType', config.serviceType, `be one of ${TYPES.join(', ')}`, 'for example ServiceType.CLUSTER_IP');
  }
  checkPort(scope, 'exposure.servicePort', config.servicePort);
  if (config.serviceAnnotations !== undefined) { checkAnnotations(scope, 'exposure.serviceAnnotations', config.serviceAnnotations); }
  if (config.sourceRanges !== undefined) { checkCidrs(scope, 'exposure.sourceRanges', config.sourceRanges); }
  checkBoolean(scope, 'exposure.fromOutside', config.fromOutside);
  checkList(scope, 'exposure.fromNamespaces', config.fromNamespaces).forEach((name, i) => checkDnsLabel(scope, `exposure.fromNamespaces[${i}]`, name));
  if (config.healthPort !== undefined) { checkPort(scope, 'exposure.healthPort', config.healthPort); }
  return config;
}

/** The objects that an exposure makes, checked likewise. */
export function connectedExposure(scope: Construct, exposure: Exposure, service: Service, host: ExposureHost): ExposureParts {
  const parts = checkProps(scope, 'exposure.connect', exposure.connect(scope, service, host), PARTS);
  const policies = checkList(scope, 'exposure.policies', parts.policies).map((policy, i): [string, unknown] => [`policies[${i}]`, policy]);
  for (const [name, part] of [...Object.entries(parts).filter(([key]) => key !== 'policies'), ...policies]) {
    if (part !== undefined && !Construct.isConstruct(part)) {
      throw invalid(scope, `exposure.${name}`, part, 'be an object that was made in the scope', 'return what "new" gave');
    }
  }
  return parts;
}

/** How long a pod that is to stop goes on serving. */
export function drainDelayOf(scope: Construct, props: WorkloadProps, exposed: ExposureConfig): number {
  if (props.drainDelay === undefined && exposed.drainDelay !== undefined) { return checkSeconds(scope, 'exposure.drainDelay', exposed.drainDelay, 0, 3600); }
  return checkSeconds(scope, 'drainDelay', props.drainDelay ?? Duration.seconds(15), 0, 3600);
}
