import { ManifestSelector } from '../../manifest-selector';
import { Assembly } from '../assembly';
import { changed } from '../patches/changed';
import { setVariables } from '../patches/kinds';
import { containersOf } from '../pods';

const WEB_APPS = '(jupyter|tensorboards|volumes)-web-app-deployment|(kserve|kfserving)-models-web-app';

/**
 * Sets whether the web apps' cookies are for HTTPS only.
 *
 * Kubeflow 1.6 to 1.8 set values that the apps don't understand, and so take for "no"; over plain HTTP, a browser doesn't send the cookie of "yes".
 */
export function secureCookies(assembly: Assembly, secure: boolean, namespace: string): void {
  assembly.patch(changed('cookies', ManifestSelector.of({ kind: 'Deployment', namespace, namePattern: WEB_APPS }), {}, manifest => {
    for (const container of containersOf(manifest)) {
      if (container.name !== 'istio-proxy') { setVariables(container, { APP_SECURE_COOKIES: String(secure) }); }
    }
    return manifest;
  }));
}
