import { isIPv6 } from 'net';
import { ApiObject } from 'cdk8s';
import { Service, ServiceType } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { checkHost, checkInstance, requireCloud } from './checks';
import { seconds } from './timeout';
import { requireAddon } from '../../private/addons';
import { checkAnnotations } from '../../private/annotations';
import { checkBoolean } from '../../private/booleans';
import { checkAddress, checkCidrs } from '../../private/cidr';
import { CloudName, cloudOf } from '../../private/cloud';
import { invalid } from '../../private/errors';
import { checkPort, isToken } from '../../private/numbers';
import { amend } from '../../private/overlay';
import { checkProps, Known } from '../../private/props';
import { warn } from '../../private/warnings';
import { Cloud } from '../cloud';
import { Exposure, ExposureConfig, ExposureHost, ExposureParts } from '../exposure';
import { LoadBalancerOptions } from '../options';

const WHERE = 'Exposure.loadBalancer';
const OPTIONS: Known<LoadBalancerOptions> = {
  port: true, internal: true, sourceRanges: true, cloud: true, ipAddress: true, addressName: true, dnsName: true, annotations: true,
};
const AZURE = 'service.beta.kubernetes.io/azure-load-balancer-';
const ALIBABA = 'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-';

/** Minutes: what an Azure load balancer waits when nobody says otherwise, and the most that it can be told to. */
const AZURE_IDLE = { default: 4, max: 100 };
/** Seconds that a TCP connection of a load balancer of Alibaba may be idle, which is the default, too. */
const ALIBABA_IDLE_MAX = 900;

/** What keeps a load balancer off the internet. */
const INTERNAL: { [cloud: string]: { [key: string]: string } } = {
  aks: { [`${AZURE}internal`]: 'true' },
  gke: { 'networking.gke.io/load-balancer-type': 'Internal' },
  ack: { [`${ALIBABA}address-type`]: 'intranet' },
  eks: {
    'service.beta.kubernetes.io/aws-load-balancer-internal': 'true',
    'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internal',
  },
};

type Annotations = { [key: string]: string };

class LoadBalancer extends Exposure {
  constructor(private readonly port: number, private readonly options: LoadBalancerOptions) {
    super();
  }

  public bind(scope: Construct, host: ExposureHost): ExposureConfig {
    if (this.options.annotations !== undefined) { checkAnnotations(scope, 'exposure.annotations', this.options.annotations); }
    const given = this.options.cloud?.name;
    if (given !== undefined) { requireCloud(scope, 'exposure.cloud', given, given as CloudName); }
    const cloud = this.cloud(scope);
    const annotations = {
      ...this.internal(cloud),
      ...this.address(scope, cloud),
      ...healthCheck(cloud, host),
      ...idleTimeout(scope, cloud, host),
      ...(this.options.dnsName === undefined ? {} : { 'external-dns.alpha.kubernetes.io/hostname': this.options.dnsName }),
      ...this.options.annotations,
    };
    if (this.options.dnsName !== undefined) { requireAddon(scope, 'external-dns', 'the DNS name of its load balancer'); }
    return {
      serviceType: ServiceType.LOAD_BALANCER,
      servicePort: this.port,
      ...(Object.keys(annotations).length > 0 ? { serviceAnnotations: annotations } : {}),
      ...(this.options.sourceRanges ? { sourceRanges: this.options.sourceRanges } : {}),
      fromOutside: true,
    };
  }

  public connect(scope: Construct, service: Service): ExposureParts {
    const { ipAddress, sourceRanges } = this.options;
    const cloud = this.cloud(scope);
    if (cloud === 'ack' && sourceRanges) { this.warnOfAnyone(scope, service); }
    if (ipAddress !== undefined && cloud !== 'aks' && cloud !== 'ack') {
      // Deprecated for what clouds make of it, not for going away; GKE documents it, and clouds that don't know it ignore it.
      amend(service, manifest => { manifest.spec.loadBalancerIP = ipAddress; });
    }
    return {};
  }

  /** Of ACK's load balancers those of the network keep to source ranges; the classic ones have lists of the cloud's for it. */
  private warnOfAnyone(scope: Construct, service: Service): void {
    if (this.options.annotations?.[`${ALIBABA}acl-id`] !== undefined) { return; }
    service.node.addValidation({
      validate: () => {
        if (ApiObject.of(service).toJson().spec.loadBalancerClass === undefined) {
          warn(scope, 'its load balancer of ACK lets everyone in, because a classic one ignores source ranges; '
            + `make an access control list in the cloud and name it in the annotations ${ALIBABA}acl-status: "on", -acl-type: "white" and -acl-id`);
        }
        return [];
      },
    });
  }

  private cloud(scope: Construct): CloudName | undefined {
    return this.options.cloud?.name as CloudName | undefined ?? cloudOf(scope);
  }

  private internal(cloud: CloudName | undefined): Annotations {
    if (!this.options.internal) { return {}; }
    // An unknown cloud gets every cloud's annotation: what should stay private must not become public for want of a name.
    return cloud ? INTERNAL[cloud] : Object.assign({}, ...Object.values(INTERNAL));
  }

  private address(scope: Construct, cloud: CloudName | undefined): Annotations {
    const { ipAddress, addressName, internal } = this.options;
    if (ipAddress !== undefined) {
      if (cloud === 'aks') { return { [`${AZURE}${isIPv6(ipAddress) ? 'ipv6' : 'ipv4'}`]: ipAddress }; }
      if (cloud === 'ack' && !internal) {
        throw invalid(scope, 'exposure.ipAddress', ipAddress, 'not be given for a public load balancer of ACK, which has no way to choose it',
          `reuse a load balancer by the annotation ${ALIBABA}id`);
      }
      return cloud === 'ack' ? { [`${ALIBABA}ip`]: ipAddress } : {};
    }
    if (addressName === undefined) { return {}; }
    if (cloud === 'gke') {
      return {
        'networking.gke.io/load-balancer-ip-addresses': addressName,
        // Only GKE's newer kind of external load balancer finds addresses by name.
        ...(internal ? {} : { 'cloud.google.com/l4-rbs': 'enabled' }),
      };
    }
    if (cloud === 'aks' && !internal) { return { 'service.beta.kubernetes.io/azure-pip-name': addressName }; }
    throw invalid(scope, 'exposure.addressName', addressName, 'be for a load balancer of GKE or a public one of AKS',
      cloud ? 'give ipAddress' : 'name the cloud, such as cloud: Cloud.GKE, or give ipAddress');
  }
}

/**
 * GKE's load balancers check the nodes themselves; those of AKS and ACK check the TCP port unless they are told to ask over HTTP. They
 * come to the nodes' ports of the Service, so that a health path on a port that it doesn't have can't be asked for.
 */
function healthCheck(cloud: CloudName | undefined, host: ExposureHost): Annotations {
  if (host.healthPath === undefined || host.healthPort !== undefined || cloud === 'gke') { return {}; }
  if (cloud === 'ack') { return { [`${ALIBABA}health-check-type`]: 'http', [`${ALIBABA}health-check-uri`]: host.healthPath }; }
  const path = { [`${AZURE}health-probe-request-path`]: host.healthPath };
  if (cloud === 'aks') { return { [`${AZURE}health-probe-protocol`]: 'http', ...path }; }
  // On an unknown cloud the check stays TCP; but where somebody says that the port speaks HTTP, Azure would ask for "/".
  return host.healthPath === '/' ? {} : path;
}

function idleTimeout(scope: Construct, cloud: CloudName | undefined, host: ExposureHost): Annotations {
  const wanted = seconds(host.requestTimeout);
  if (wanted === undefined || cloud === 'gke') { return {}; }
  if (cloud === 'ack') {
    if (wanted > ALIBABA_IDLE_MAX) { tooLong(scope, wanted, 'ACK', ALIBABA_IDLE_MAX); }
    return {};
  }
  const minutes = Math.ceil(wanted / 60);
  if (minutes <= AZURE_IDLE.default) { return {}; }
  if (minutes > AZURE_IDLE.max && cloud === 'aks') { tooLong(scope, wanted, 'AKS', AZURE_IDLE.max * 60); }
  return { [`${AZURE}tcp-idle-timeout`]: String(Math.min(minutes, AZURE_IDLE.max)) };
}

function tooLong(scope: Construct, wanted: number, cloud: string, max: number): void {
  warn(scope, `its requests may take ${wanted} s, but a load balancer of ${cloud} drops connections that are silent for ${max} s; `
    + 'stream answers, or let clients ask for the result later');
}

export function loadBalancer(options: LoadBalancerOptions): Exposure {
  checkProps(WHERE, 'props', options, OPTIONS);
  const port = checkPort(WHERE, 'port', options.port ?? 80);
  checkBoolean(WHERE, 'internal', options.internal);
  checkInstance(WHERE, 'cloud', options.cloud, Cloud, 'Cloud.AKS');
  if (options.sourceRanges !== undefined) {
    checkCidrs(WHERE, 'sourceRanges', options.sourceRanges);
    if (options.sourceRanges.length === 0) {
      throw invalid(WHERE, 'sourceRanges', [], 'have at least one range', 'leave it out to let any address in');
    }
  }
  if (options.ipAddress !== undefined) { checkAddress(WHERE, 'ipAddress', options.ipAddress); }
  if (options.addressName !== undefined) { checkAddressName(options); }
  if (options.dnsName !== undefined) { checkHost(WHERE, 'dnsName', options.dnsName); }
  return new LoadBalancer(port, options);
}

function checkAddressName({ addressName, ipAddress }: LoadBalancerOptions): void {
  if (ipAddress !== undefined) {
    throw invalid(WHERE, 'addressName', addressName, 'not be given together with ipAddress', 'remove one');
  }
  if (!isToken(addressName) && (typeof addressName !== 'string' || !/^[A-Za-z0-9]([-A-Za-z0-9_.]{0,78}[A-Za-z0-9_])?$/.test(addressName))) {
    throw invalid(WHERE, 'addressName', addressName, 'be the name of an address in the cloud: at most 80 letters, digits, "-", "_" and "."');
  }
}
