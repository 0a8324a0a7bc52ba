/** Writes what no example shows, one folder each. */
export function generateSubjects(_folder: string): void {
}
