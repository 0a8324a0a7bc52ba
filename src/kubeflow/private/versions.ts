/** The version in the tag of an image: "3.1.6" of "v3.1.6-patch-license-compliance", "1.3" of "release-1.3-latest-daily". */
export function versionOfImage(image: unknown): string | undefined {
  if (typeof image !== 'string') { return undefined; }
  const [name] = image.split('@');
  const tag = name.slice(name.lastIndexOf('/') + 1).split(':')[1];
  return /(?:^|[^0-9.])v?(\d+\.\d+(?:\.\d+)?)(?![\d])/.exec(tag ?? '')?.[1];
}

/** Below, equal to or above zero as a version is before, the same as or after another; what one doesn't say counts as zero. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map(version => version.split('.').map(Number));
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) { return difference; }
  }
  return 0;
}
