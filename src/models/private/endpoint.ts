import { invalid } from '../../private/errors';

const HOST = '[A-Za-z0-9](?:[-A-Za-z0-9]*[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[-A-Za-z0-9]*[A-Za-z0-9])?)*';
const ENDPOINT = new RegExp(`^(https?)://(${HOST})(?::([1-9][0-9]{0,4}))?(/[-A-Za-z0-9._~/]*)?$`);

/** Checks the address of a service: no user, query or fragment, which could carry a secret. */
export function checkEndpoint(where: string, prop: string, url: string): string {
  const match = typeof url === 'string' && url.length <= 2000 ? ENDPOINT.exec(url) : null;
  if (!match || Number(match[3] ?? 1) > 65535) {
    // The whole address may hold a password, so the message doesn't repeat it.
    const got = typeof url === 'string' && /[@?#]/.test(url) ? '<an address that may hold a secret>' : url;
    throw invalid(where, prop, got, 'be "https://host", with a port and path if needed, and without user, query or fragment', 'for example "https://models.example.com"');
  }
  return url;
}

/** The TCP port of an address that was checked. */
export function portOf(url: string): number {
  const [, scheme, , port] = ENDPOINT.exec(url)!;
  return port ? Number(port) : scheme === 'https' ? 443 : 80;
}
