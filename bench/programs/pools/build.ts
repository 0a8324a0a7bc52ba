/** Makes an app with a cluster and pools of these names, which writes to a folder. */
export type Build = (outdir: string, pools: readonly string[]) => { synth(): void };
