import { Duration, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { Egress } from '../../network';
import { checkBoolean } from '../../private/booleans';
import { parseImage } from '../../private/image';
import { checkProps } from '../../private/props';
import { HealthCheck } from '../health-check';
import { ModelServer, ModelServerConfig, ModelServerHost, ModelServerTraits } from '../model-server';
import { homeEnvironment } from '../private/home';

/** Options for a container exported from Azure Custom Vision. */
export interface CustomVisionOptions {
  /** The image that you built from the exported Dockerfile, with a tag or digest. */
  readonly image: string;
  /**
   * Whether the container may fetch the pictures that callers name by URL (its `/url` endpoint), from public addresses.
   *
   * Pictures in a private network need the workload's `outbound` as well, since callers could else look around in it.
   *
   * @default true
   */
  readonly allowUrl?: boolean;
}

/** Networks that a caller from outside must not see through the server: private ones, and the range that providers share. */
const PRIVATE = ['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16'];

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
      env: homeEnvironment('custom-vision', '/tmp'),
      startup: HealthCheck.http('/'),
      readiness: HealthCheck.http('/'),
      liveness: HealthCheck.tcp(),
      cpuMillis: 250,
      memory: Size.mebibytes(512),
      outbound: this.options.allowUrl ?? true ? Egress.internet({ except: PRIVATE }) : undefined,
    };
  }
}

/** @internal */
export function customVision(options: CustomVisionOptions): ModelServer {
  const where = 'ModelServer.customVision';
  checkProps(where, 'options', options, { image: true, allowUrl: true });
  parseImage(where, 'image', options.image);
  checkBoolean(where, 'allowUrl', options.allowUrl);
  return new CustomVisionServer(options);
}
