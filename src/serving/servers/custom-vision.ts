import { Duration, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { parseImage } from '../../private/image';
import { HealthCheck } from '../health-check';
import { ModelServer, ModelServerConfig, ModelServerHost, ModelServerTraits } from '../model-server';

/** Options for a container exported from Azure Custom Vision. */
export interface CustomVisionOptions {
  /** The image that you built from the exported Dockerfile, with a tag or digest. */
  readonly image: string;
  /**
   * Whether the container may fetch the pictures that callers name by URL (its `/url` endpoint).
   *
   * @default true
   */
  readonly allowUrl?: boolean;
}

class CustomVisionServer extends ModelServer {
  public readonly traits: ModelServerTraits = {
    software: 'custom-vision',
    loadTimeout: Duration.minutes(2),
    drainTimeout: Duration.seconds(25),
    user: 65532,
  };

  public constructor(private readonly options: CustomVisionOptions) { super(); }

  public bind(_scope: Construct, _host: ModelServerHost): ModelServerConfig {
    return {
      image: this.options.image,
      ports: [{ name: 'http', number: 80 }],
      startup: HealthCheck.http('/'),
      readiness: HealthCheck.http('/'),
      liveness: HealthCheck.tcp(),
      // The exported server listens on port 80, which otherwise only root may open.
      sysctls: { 'net.ipv4.ip_unprivileged_port_start': '80' },
      cpuMillis: 250,
      memory: Size.mebibytes(512),
      outboundPorts: this.options.allowUrl ?? true ? [80, 443] : [],
    };
  }
}

/** @internal */
export function customVision(options: CustomVisionOptions): ModelServer {
  parseImage('ModelServer.customVision', 'image', options.image);
  return new CustomVisionServer(options);
}
