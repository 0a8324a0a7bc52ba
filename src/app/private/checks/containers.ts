import { isDnsLabel, isPort, isPortName } from './formats';
import { checkProbes } from './probes';
import { Report } from './report';
import { checkResources } from './resources';
import { isImageReference } from '../../../private/image';
import { inQuotes } from '../../../private/text';

/** A container of a pod whose volumes are known. */
export function checkContainer(container: any, at: string, volumes: ReadonlySet<string>, report: Report): void {
  if (!isDnsLabel(container.name)) {
    report.refuse(`${at}.name`, container.name, 'be at most 63 lower case letters, digits and "-", that starts and ends with a letter or digit');
  }
  if (!isImageReference(container.image)) {
    report.refuse(`${at}.image`, container.image, 'be an image reference, such as "docker.io/me/app:1.0", in lower case');
  }
  report.oneOf(`${at}.imagePullPolicy`, container.imagePullPolicy, ['Always', 'IfNotPresent', 'Never']);
  checkPorts(container.ports, `${at}.ports`, report);
  checkEnv(container, at, report);
  for (const field of ['command', 'args']) {
    report.list(`${at}.${field}`, container[field]).forEach((word, i) => {
      if (typeof word !== 'string') { report.refuse(`${at}.${field}[${i}]`, word, 'be a string', `write ${JSON.stringify(String(word))}`); }
    });
  }
  checkResources(container.resources, `${at}.resources`, report);
  checkProbes(container, at, report);
  checkMounts(container.volumeMounts, `${at}.volumeMounts`, volumes, report);
  checkSecurity(container.securityContext, `${at}.securityContext`, report);
}

function checkPorts(given: unknown, at: string, report: Report): void {
  const names = new Set<string>();
  const numbers = new Set<string>();
  report.list(at, given).forEach((port, i) => {
    const { name, containerPort, hostPort, protocol = 'TCP' } = port ?? {};
    if (!isPort(containerPort)) { report.refuse(`${at}[${i}].containerPort`, containerPort, 'be a whole number from 1 to 65535'); }
    report.integer(`${at}[${i}].hostPort`, hostPort, 0, 65535);
    report.oneOf(`${at}[${i}].protocol`, protocol, ['TCP', 'UDP', 'SCTP']);
    if (name !== undefined) {
      if (!isPortName(name)) {
        report.refuse(`${at}[${i}].name`, name, 'be at most 15 lower case letters, digits and single "-", with at least one letter');
      }
      if (names.has(name)) { report.refuse(`${at}[${i}].name`, name, 'be the name of one port', 'rename it'); }
      names.add(name);
    }
    const number = `${containerPort}/${protocol}`;
    if (numbers.has(number)) { report.refuse(`${at}[${i}].containerPort`, containerPort, `be in the list once for ${protocol}`, 'remove it'); }
    numbers.add(number);
  });
}

function checkEnv(container: any, at: string, report: Report): void {
  report.list(`${at}.env`, container.env).forEach((entry, i) => {
    const { name, value, valueFrom } = entry ?? {};
    // newer versions take almost any name, but what reads the variable seldom does
    if (typeof name !== 'string' || !/^[-._A-Za-z][-._A-Za-z0-9]*$/.test(name)) {
      report.refuse(`${at}.env[${i}].name`, name, 'be letters, digits, "_", "-" and ".", and not start with a digit', 'rename it');
    }
    if (value !== undefined && typeof value !== 'string') {
      report.refuse(`${at}.env[${i}].value`, value, 'be a string', inQuotes(value));
    }
    if (valueFrom !== undefined) {
      if (value !== undefined && value !== '') { report.refuse(`${at}.env[${i}].value`, value, 'not be given beside valueFrom'); }
      checkValueFrom(valueFrom, `${at}.env[${i}].valueFrom`, report);
    } else if (typeof value === 'string' && SECRET_NAME.test(name) && SECRET_VALUE.test(value)) {
      report.warn(`${at}.env[${i}] (${name}) looks like a secret in plain text; mount a secret as a file, or use valueFrom`);
    }
  });
  report.list(`${at}.envFrom`, container.envFrom).forEach((source, i) => {
    for (const ref of ['configMapRef', 'secretRef']) {
      if (source?.[ref] !== undefined && !source[ref]?.name) { report.refuse(`${at}.envFrom[${i}].${ref}.name`, source[ref]?.name, 'be the name of an object'); }
    }
  });
}

const SECRET_NAME = /(^|_)(TOKEN|PASSWORD|PASSWD|SECRET|SECRET_?KEY|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY)$/i;
// a word or a number may be a setting of the same name, a path or a reference is none
const SECRET_VALUE = /^(?!\/|\$\(|true$|false$|yes$|no$|\d+$).{4,}$/i;

/** What the downward API gives to variables. */
const FIELD = /^(metadata\.(name|namespace|uid)|metadata\.(labels|annotations)\['[^']+'\]|spec\.(nodeName|serviceAccountName)|status\.(hostIPs?|podIPs?))$/;

function checkValueFrom(source: any, at: string, report: Report): void {
  const { secretKeyRef, configMapKeyRef, fieldRef } = report.map(at, source);
  if (fieldRef !== undefined && !(typeof fieldRef?.fieldPath === 'string' && FIELD.test(fieldRef.fieldPath))) {
    report.refuse(`${at}.fieldRef.fieldPath`, fieldRef?.fieldPath, 'be a field of a pod that a variable can have', 'for example "metadata.name"');
  }
  for (const [name, ref] of Object.entries({ secretKeyRef, configMapKeyRef })) {
    if (ref === undefined) { continue; }
    if (typeof ref?.name !== 'string' || ref.name === '') { report.refuse(`${at}.${name}.name`, ref?.name, 'be the name of an object'); }
    if (typeof ref?.key !== 'string' || !/^[-._a-zA-Z0-9]{1,253}$/.test(ref.key)) { report.refuse(`${at}.${name}.key`, ref?.key, 'be a key of that object'); }
  }
  if (Object.keys(report.map(at, source)).length !== 1) { report.refuse(at, source, 'have one source'); }
}

function checkMounts(mounts: unknown, at: string, volumes: ReadonlySet<string>, report: Report): void {
  const paths = new Set<string>();
  report.list(at, mounts).forEach((mount, i) => {
    const { name, mountPath, subPath } = mount ?? {};
    if (!volumes.has(name)) {
      report.refuse(`${at}[${i}].name`, name, `be the name of a volume of the pod (${[...volumes].join(', ') || 'it has none'})`);
    }
    if (typeof mountPath !== 'string' || !mountPath.startsWith('/') || mountPath.includes(':')) {
      report.refuse(`${at}[${i}].mountPath`, mountPath, 'be an absolute path without ":"');
    }
    if (paths.has(mountPath)) { report.refuse(`${at}[${i}].mountPath`, mountPath, 'be where one volume is mounted', 'mount one of them elsewhere'); }
    paths.add(mountPath);
    if (subPath !== undefined && (typeof subPath !== 'string' || subPath.startsWith('/') || subPath.split('/').includes('..'))) {
      report.refuse(`${at}[${i}].subPath`, subPath, 'be a relative path without ".."');
    }
  });
}

/** The user, group and rights of a container. */
function checkSecurity(context: unknown, at: string, report: Report): void {
  const security = report.map(at, context);
  const { runAsUser, runAsGroup, runAsNonRoot, privileged, allowPrivilegeEscalation, capabilities } = security;
  for (const choice of ['runAsNonRoot', 'readOnlyRootFilesystem', 'privileged', 'allowPrivilegeEscalation']) {
    if (security[choice] !== undefined && typeof security[choice] !== 'boolean') { report.refuse(`${at}.${choice}`, security[choice], 'be true or false'); }
  }
  report.integer(`${at}.runAsUser`, runAsUser, 0);
  report.integer(`${at}.runAsGroup`, runAsGroup, 0);
  if (runAsNonRoot === true && runAsUser === 0) { report.refuse(`${at}.runAsUser`, 0, 'not be 0 with runAsNonRoot', 'give another user'); }
  const adds = Array.isArray(capabilities?.add) ? capabilities.add : [];
  if (allowPrivilegeEscalation === false && (privileged === true || adds.some((c: any) => /^(CAP_)?SYS_ADMIN$/.test(c)))) {
    report.refuse(`${at}.allowPrivilegeEscalation`, false, 'be true for a container that is privileged or has SYS_ADMIN', 'leave out one of them');
  }
}

