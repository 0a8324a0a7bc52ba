import { Edges, INTERNET } from './edges';
import { matches } from '../../exceptions';

/** What programs say about connections and their objects do not, by patterns of their names; all that fit count. */
export const STATED: Readonly<Record<string, Edges>> = {
  'generated/exposures-ingress': { proxies: 'ingress-nginx' },
  'generated/exposures-ingress-tls': { proxies: 'ingress-nginx' },
  'generated/exposures-gateway': { proxies: 'gateways' },
  'generated/servers-custom': { out: [{ address: INTERNET, ports: [443] }] },
  // Custom Vision's server fetches the images whose addresses it is sent, and nobody may look around by it
  'generated/servers-custom-vision': { out: [{ address: INTERNET, ports: [80, 443] }], never: [{ address: '10.20.30.40', ports: [80, 443] }] },
  'examples/*': { out: [{ of: 'azure-ai-back', address: INTERNET, ports: [80, 443] }] },
  'generated/pods-network': {
    in: [{ namespace: 'batch' }, { labels: { app: 'worker' } }, { address: '192.168.3.4' }],
    out: [
      { address: INTERNET, ports: [443] },
      { address: '10.1.2.3', ports: [5432] },
      { namespace: 'redis', labels: { app: 'redis' }, ports: [6379] },
    ],
    never: [{ address: '10.20.30.40', ports: [443] }],
  },
  // the app downloads its weights when it starts
  'examples/*keras*': { out: [{ address: INTERNET, ports: [80, 443] }] },
};

export function edgesOf(subject: string): Edges {
  const mine = Object.entries(STATED).filter(([pattern]) => matches(pattern, subject)).map(([, edges]) => edges);
  return {
    in: mine.flatMap((edges) => edges.in ?? []),
    out: mine.flatMap((edges) => edges.out ?? []),
    never: mine.flatMap((edges) => edges.never ?? []),
    proxies: mine.find(({ proxies }) => proxies !== undefined)?.proxies,
  };
}
