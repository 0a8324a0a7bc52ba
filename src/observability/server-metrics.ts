/** A time series that a server exports, by name and labels. */
export interface ServerMetric {
  /** The name of the series, such as "vllm:num_requests_waiting". */
  readonly name: string;
  /**
   * Labels that single out this workload's series besides its namespace, such as the model's name.
   *
   * @default - none
   */
  readonly labels?: { [name: string]: string };
}

/** Where a server exports metrics, and which of them mean what. */
export interface ServerMetrics {
  /** The name of the container port that answers. */
  readonly port: string;
  /**
   * The path that answers.
   *
   * @default "/metrics"
   */
  readonly path?: string;
  /**
   * A gauge: requests that wait for a free place.
   *
   * @default - the server exports none
   */
  readonly waitingRequests?: ServerMetric;
  /**
   * A gauge: requests that are being worked on.
   *
   * @default - the server exports none
   */
  readonly runningRequests?: ServerMetric;
  /**
   * A gauge from 0 to 1: how full the key-value cache is.
   *
   * @default - the server exports none
   */
  readonly cacheUsage?: ServerMetric;
  /**
   * A counter: requests answered.
   *
   * @default - the server exports none
   */
  readonly requests?: ServerMetric;
}
