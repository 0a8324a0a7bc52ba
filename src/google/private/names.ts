import { createHash } from 'crypto';
import { IConstruct } from 'constructs';
import { invalid } from '../../private/errors';
import { checkMap } from '../../private/props';
import { isTerraformToken } from '../../private/terraform';

const REGION = /^[a-z]+-[a-z]+\d+$/;
const ZONE = /^[a-z]+-[a-z]+\d+-[a-z]$/;

/** Checks the name of a cluster or a pool: GKE takes at most 40 characters. */
export function checkGkeName(where: IConstruct | string, prop: string, name: string): string {
  if (typeof name !== 'string' || !/^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$/.test(name)) {
    throw invalid(where, prop, name, 'be 1 to 40 lower case letters, digits and "-", and start with a letter, as GKE wants', 'rename it');
  }
  return name;
}

/** Checks the name of a resource of Compute Engine. */
export function checkComputeName(where: IConstruct | string, prop: string, name: string): string {
  if (!isTerraformToken(name) && (typeof name !== 'string' || !/^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name))) {
    throw invalid(where, prop, name, 'be 1 to 63 lower case letters, digits and "-", and start with a letter', 'rename it');
  }
  return name;
}

/** Checks the id of a service account, which is the part of its address before "@". */
export function checkAccountId(where: IConstruct | string, prop: string, id: string): string {
  if (typeof id !== 'string' || !/^[a-z][-a-z0-9]{4,28}[a-z0-9]$/.test(id)) {
    throw invalid(where, prop, id, 'be 6 to 30 lower case letters, digits and "-", and start with a letter, as a service account wants', 'give it another accountId');
  }
  return id;
}

/** The id of the account of a cluster's nodes, which may have 30 characters: long names that begin alike must not share one. */
export function nodeAccountId(cluster: string): string {
  return `${cluster.length <= 24 ? cluster : `${cluster.slice(0, 17).replace(/-+$/, '')}-${createHash('sha256').update(cluster).digest('hex').slice(0, 6)}`}-nodes`;
}

/** Checks a region: "us-central1". */
export function checkRegion(where: IConstruct | string, prop: string, region: string): string {
  if (typeof region !== 'string' || !REGION.test(region)) { throw invalid(where, prop, region, 'be a region of Google Cloud', 'for example "us-central1"'); }
  return region;
}

/** Checks a zone: "us-central1-a". */
export function checkZone(where: IConstruct | string, prop: string, zone: string): string {
  if (typeof zone !== 'string' || !ZONE.test(zone)) { throw invalid(where, prop, zone, 'be a zone of Google Cloud', 'for example "us-central1-a"'); }
  return zone;
}

/** Checks a location of a cluster: a zone, or a region in which it then has several. */
export function checkLocation(where: IConstruct | string, prop: string, location: string): string {
  if (typeof location !== 'string' || !(REGION.test(location) || ZONE.test(location))) {
    throw invalid(where, prop, location, 'be a region or a zone of Google Cloud', 'for example "us-central1" or "us-central1-a"');
  }
  return location;
}

/** Whether a location is a region. */
export function isRegion(location: string): boolean {
  return REGION.test(location);
}

/** The region of a location. */
export function regionOf(location: string): string {
  return location.replace(/-[a-z]$/, '');
}

/** Checks labels as Google's resources have them. */
export function checkResourceLabels(
  where: IConstruct, prop: string, labels: { readonly [key: string]: string } | undefined,
): { [key: string]: string } {
  const entries = Object.entries(checkMap(where, prop, labels, 'strings', '{ team: "vision" }'));
  if (entries.length > 64) { throw invalid(where, prop, entries.length, 'be at most 64 labels'); }
  for (const [key, value] of entries) {
    if (!/^[a-z][-_a-z0-9]{0,62}$/.test(key)) {
      throw invalid(where, `${prop}.${key}`, key, 'be at most 63 lower case letters, digits, "-" and "_", and start with a letter', 'rename it');
    }
    if (!isTerraformToken(value) && (typeof value !== 'string' || !/^[-_a-z0-9]{0,63}$/.test(value))) {
      throw invalid(where, `${prop}.${key}`, value, 'be at most 63 lower case letters, digits, "-" and "_"');
    }
  }
  return { ...labels };
}
