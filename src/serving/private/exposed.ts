import { Duration } from 'cdk8s';
import { Service } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { WorkloadSpec } from './workload-spec';
import type { Exposure, ExposureConfig, ExposureHost, ExposureParts } from '../../exposure';
import { checkSeconds } from '../../private/numbers';
import type { WorkloadProps } from '../workload-props';

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

/** What an exposure says. */
export function boundExposure(scope: Construct, exposure: Exposure, host: ExposureHost): ExposureConfig {
  return exposure.bind(scope, host);
}

/** The objects that an exposure makes. */
export function connectedExposure(scope: Construct, exposure: Exposure, service: Service, host: ExposureHost): ExposureParts {
  return exposure.connect(scope, service, host);
}

/** How long a pod that is to stop goes on serving. */
export function drainDelayOf(scope: Construct, props: WorkloadProps, exposed: ExposureConfig): number {
  if (props.drainDelay === undefined && exposed.drainDelay !== undefined) { return checkSeconds(scope, 'exposure.drainDelay', exposed.drainDelay, 0, 3600); }
  return checkSeconds(scope, 'drainDelay', props.drainDelay ?? Duration.seconds(15), 0, 3600);
}
