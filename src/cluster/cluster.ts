import { IConstruct } from 'constructs';

/** A Kubernetes cluster that charts are made for, made by this program or described. */
export interface ICluster extends IConstruct {
  /** The cluster's name, unlike that of every other cluster of the program: with several, each one's YAML is in a folder of this name. */
  readonly name: string;
}
