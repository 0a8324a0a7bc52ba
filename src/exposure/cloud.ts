/** The managed Kubernetes whose load balancers an exposure is for. */
export class Cloud {
  /** Azure Kubernetes Service. */
  public static readonly AKS = new Cloud('aks');
  /** Google Kubernetes Engine. */
  public static readonly GKE = new Cloud('gke');
  /** Alibaba Cloud Container Service for Kubernetes. */
  public static readonly ACK = new Cloud('ack');

  private constructor(
    /** The service's short name: "aks", "gke" or "ack". */
    public readonly name: string,
  ) {}
}
