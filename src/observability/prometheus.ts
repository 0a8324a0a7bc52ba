import { IConstruct } from 'constructs';
import { setSetting, setting } from '../private/settings';

/** Where Prometheus is and by which labels its operator finds scrape objects. */
export interface PrometheusOptions {
  /** The address of its API, such as "http://prometheus-operated.monitoring.svc:9090". */
  readonly address: string;
  /**
   * The namespace from which it scrapes.
   *
   * @default "monitoring"
   */
  readonly namespace?: string;
  /**
   * The labels by which its operator selects PodMonitors and rules, such as `{ release: 'kube-prometheus-stack' }`.
   *
   * @default - none: the operator takes all
   */
  readonly labels?: { [key: string]: string };
}

/** The Prometheus that watches everything in an app or chart. */
export class Prometheus {
  /** States once, for an app or a chart, that the Prometheus operator runs in the cluster and where its Prometheus is. */
  public static operator(scope: IConstruct, options: PrometheusOptions): Prometheus {
    const prometheus = new Prometheus(options);
    setSetting(scope, 'prometheus', prometheus);
    return prometheus;
  }

  /** The Prometheus stated for a construct or the nearest above it, if any. */
  public static of(scope: IConstruct): Prometheus | undefined {
    return setting(scope, 'prometheus') as Prometheus | undefined;
  }

  /** The address of its API. */
  public readonly address: string;
  /** The namespace from which it scrapes. */
  public readonly namespace: string;
  /** The labels by which its operator selects scrape objects and rules. */
  public readonly labels: { [key: string]: string };

  private constructor(options: PrometheusOptions) {
    this.address = options.address;
    this.namespace = options.namespace ?? 'monitoring';
    this.labels = { ...options.labels };
  }
}
