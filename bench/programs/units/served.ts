import { Size } from 'cdk8s';
import { Config, ModelServer, ModelServingApp, Scaling } from 'cdk8s-ml';
import { Construct } from 'constructs';

/** One app as a user of the library writes it: seven objects. */
export function unit(scope: Construct, name: string): void {
  new ModelServingApp(scope, name, {
    server: ModelServer.flask({ image: `docker.io/example/${name}:1.4.2`, healthPath: '/healthz' }),
    env: { LOG_LEVEL: 'info', MODEL_NAME: name },
    config: Config.fromLiterals({ LEVEL: 'info', SETTINGS: `name: ${name}\nthreads: 4\n` }),
    scaling: Scaling.cpu({ targetUtilization: 50, min: 2, max: 10 }),
    ephemeralStorage: Size.gibibytes(2),
  });
}
