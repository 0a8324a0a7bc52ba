import { quantity } from './formats';
import { Report } from './report';
import { checkAmount } from './resources';

const MODES = ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'];

/** PersistentVolumeClaims, also those that a StatefulSet makes. */
export function checkClaims(manifest: any, report: Report): void {
  if (manifest.kind === 'PersistentVolumeClaim') { checkClaim(manifest.spec, 'spec', report); }
  if (manifest.kind === 'StatefulSet') {
    report.list('spec.volumeClaimTemplates', manifest.spec?.volumeClaimTemplates)
      .forEach((claim, i) => checkClaim(claim?.spec, `spec.volumeClaimTemplates[${i}].spec`, report));
  }
}

/** What a claim asks for. */
export function checkClaim(spec: any, at: string, report: Report): void {
  const modes = report.list(`${at}.accessModes`, spec?.accessModes);
  if (modes.length === 0) { report.refuse(`${at}.accessModes`, spec?.accessModes, `have at least one of ${MODES.join(', ')}`); }
  for (const mode of modes) { report.oneOf(`${at}.accessModes`, mode, MODES); }
  const storage = spec?.resources?.requests?.storage;
  if (!(quantity(storage) > 0)) {
    report.refuse(`${at}.resources.requests.storage`, storage, 'be a quantity of more than zero, such as "10Gi"');
  } else {
    checkAmount('storage', storage, `${at}.resources.requests.storage`, report);
  }
}
