import { IConstruct } from 'constructs';
import { checkScope } from '../private/names';
import { setSetting, setting } from '../private/settings';

/**
 * Software in the cluster that some of the library's objects are for.
 *
 * The library installs none of it. A program that makes such an object and doesn't say that the add-on is there gets a warning.
 */
export class Addon {
  /**
   * KEDA, which scales by queries.
   *
   * @see https://keda.sh
   */
  public static readonly KEDA = new Addon('keda');
  /**
   * The Gateway API and a controller that implements it.
   *
   * @see https://gateway-api.sigs.k8s.io
   */
  public static readonly GATEWAY_API = new Addon('gateway-api');
  /**
   * The Prometheus operator; `Prometheus.operator` states it, too.
   *
   * @see https://prometheus-operator.dev
   */
  public static readonly PROMETHEUS_OPERATOR = new Addon('prometheus-operator');
  /**
   * The cert-manager, which issues certificates.
   *
   * @see https://cert-manager.io
   */
  public static readonly CERT_MANAGER = new Addon('cert-manager');
  /**
   * The external-dns controller, which publishes DNS records.
   *
   * @see https://kubernetes-sigs.github.io/external-dns
   */
  public static readonly EXTERNAL_DNS = new Addon('external-dns');

  private constructor(
    /** The add-on's name. */
    public readonly name: string,
  ) {}

  /** States once, for an app or a chart, that the add-on is in the cluster. */
  public installedIn(scope: IConstruct): void {
    checkScope('Addon.installedIn', scope, 'Addon.KEDA.installedIn(app)');
    setSetting(scope, 'addons', new Set([...setting(scope, 'addons') ?? [], this.name]));
  }
}
