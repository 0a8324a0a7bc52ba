import { IConstruct } from 'constructs';
import { invalid } from '../../private/errors';
import { checkMap } from '../../private/props';
import { checkLiteral } from '../../private/terraform';

/** Checks the name of a cluster or a pool, of which ACK takes up to 63 characters. */
export function checkAckName(where: IConstruct | string, prop: string, name: string): string {
  if (typeof name !== 'string' || !/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name)) {
    throw invalid(where, prop, name, 'be 1 to 63 lower case letters, digits and "-"', 'rename it');
  }
  return name;
}

/** Checks a zone: "cn-hangzhou-h". */
export function checkZone(where: IConstruct | string, prop: string, zone: string): string {
  if (typeof zone !== 'string' || !/^[a-z]{2}-[a-z]+(-[0-9a-z]+)?(-[a-z]|[a-z])$/.test(zone)) {
    throw invalid(where, prop, zone, 'be a zone of Alibaba Cloud', 'for example "cn-hangzhou-h"');
  }
  return zone;
}

/** Checks tags. */
export function checkTags(
  where: IConstruct, prop: string, tags: { readonly [key: string]: string } | undefined,
): { [key: string]: string } | undefined {
  if (tags === undefined) { return undefined; }
  const entries = Object.entries(checkMap(where, prop, tags, 'strings', '{ team: "vision" }'));
  if (entries.length > 20) { throw invalid(where, prop, entries.length, 'be at most 20 tags'); }
  for (const [key, value] of entries) {
    if (!/^(?!aliyun|acs:|https?:\/\/)[^<>&]{1,128}$/.test(key)) {
      throw invalid(where, `${prop}.${key}`, key, 'be a tag\'s name: at most 128 characters that don\'t begin with "aliyun" or "acs:"', 'rename it');
    }
    checkLiteral(where, `${prop}.${key}`, value);
  }
  return { ...tags };
}
