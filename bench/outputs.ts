import { readFileSync, readdirSync } from 'fs';
import { isDeepStrictEqual } from 'util';
import { loadAll } from 'js-yaml';

/** Throws unless two contenders wrote the same objects, in whatever files, order and spelling. */
export function assertSame(a: { name: string; outdir: string }, b: { name: string; outdir: string }): void {
  const [of, other] = [objectsIn(a.outdir), objectsIn(b.outdir)];
  for (const key of new Set([...of.keys(), ...other.keys()])) {
    if (!isDeepStrictEqual(of.get(key), other.get(key))) {
      throw new Error(`${a.name} and ${b.name} differ in ${key}:\n${JSON.stringify(of.get(key))}\n${JSON.stringify(other.get(key))}`);
    }
  }
}

function objectsIn(folder: string): Map<string, any> {
  const files = (readdirSync(folder, { recursive: true }) as string[]).filter(file => file.endsWith('.yaml'));
  const objects = files.flatMap(file => loadAll(readFileSync(`${folder}/${file}`, 'utf8'))) as any[];
  const byName = new Map(objects.map(object => [`${object.kind} ${object.metadata.name}`, spelled(object)]));
  if (byName.size !== objects.length || objects.length === 0) { throw new Error(`${folder}: ${objects.length} objects, ${byName.size} names`); }
  return byName;
}

/** What Kubernetes reads as the same: "2048Mi" and "2Gi", a port's name and its number, and a probe's scheme when it is HTTP. */
function spelled(object: any): any {
  const pod = object.spec?.template?.spec;
  const ports = new Map<string, number>((pod?.containers ?? []).flatMap((c: any) => c.ports ?? []).map((p: any) => [p.name, p.containerPort]));
  for (const container of pod?.containers ?? []) {
    for (const probe of [container.startupProbe, container.readinessProbe, container.livenessProbe]) {
      const handler = probe?.httpGet ?? probe?.tcpSocket;
      if (handler) { handler.port = ports.get(handler.port) ?? handler.port; }
      if (handler?.scheme === 'HTTP') { delete handler.scheme; }
    }
  }
  // a mark by which cdk8s-plus finds pods
  if (pod) { delete object.spec.template.metadata.labels['cdk8s.io/metadata.addr']; }
  // the containers are in another object, of which the port with this name is the only one
  for (const port of object.kind === 'Service' ? object.spec.ports : []) { if (port.targetPort === port.name) { port.targetPort = port.port; } }
  return JSON.parse(JSON.stringify(object), (_, value) => (typeof value === 'string' && /^\d+Gi$/.test(value) ? `${parseInt(value, 10) * 1024}Mi` : value));
}
