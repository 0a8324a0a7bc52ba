import { ServiceType } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { checkPort } from '../../private/numbers';
import { checkProps } from '../../private/props';
import { Exposure, ExposureConfig, ExposureHost, ExposureParts } from '../exposure';
import { ClusterIpOptions } from '../options';

class ClusterIp extends Exposure {
  constructor(private readonly port: number | undefined) {
    super();
  }

  public bind(_scope: Construct, host: ExposureHost): ExposureConfig {
    return { serviceType: ServiceType.CLUSTER_IP, servicePort: this.port ?? host.servicePort, fromOutside: false };
  }

  public connect(): ExposureParts {
    return {};
  }
}

export function clusterIp(options: ClusterIpOptions): Exposure {
  checkProps('Exposure.clusterIp', 'props', options, { port: true });
  if (options.port !== undefined) { checkPort('Exposure.clusterIp', 'port', options.port); }
  return new ClusterIp(options.port);
}
