import { Construct } from 'constructs';
import type { IGkeCluster } from './gke-cluster-contract';
import { requireProject, withGoogle } from './private/google';
import { checkLocation, checkResourceLabels } from './private/names';
import { checkBoolean } from '../private/booleans';
import { invalid } from '../private/errors';
import { parseImage } from '../private/image';
import { checkId } from '../private/names';
import { checkProps } from '../private/props';
import { placeOf } from '../private/terraform-order';
import { output } from '../private/terraform-output';

/** Properties of an `ArtifactRegistry`. */
export interface ArtifactRegistryProps {
  /** The region of its images, such as "us-central1", or "us", "europe" or "asia" for several. */
  readonly location: string;
  /**
   * The repository's name: at most 63 lower case letters, digits and "-".
   *
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * Whether a tag, once it is pushed, stays with its image.
   *
   * @default false
   */
  readonly immutableTags?: boolean;
  /**
   * Labels of the repository.
   *
   * @default - none
   */
  readonly labels?: { [key: string]: string };
}

/** A repository for container images. */
export class ArtifactRegistry extends Construct {
  /** Its name. */
  public readonly name: string;
  /** Where images are pulled from: "<location>-docker.pkg.dev/<project>/<name>". */
  public readonly server: string;

  private readonly repository: { readonly name: string; readonly location: string; readonly project: string };

  /** Throws when the name or location is none that Google takes, or the program doesn't say the project. */
  public constructor(scope: Construct, id: string, props: ArtifactRegistryProps) {
    super(scope, checkId(new.target.name, id, scope, 'stack'));
    checkProps(this, 'props', props, { location: true, name: true, immutableTags: true, labels: true });
    checkBoolean(this, 'immutableTags', props.immutableTags);
    const { location } = props;
    if (!['us', 'europe', 'asia'].includes(location)) {
      checkLocation(this, 'location', location);
      if (/-[a-z]$/.test(location)) { throw invalid(this, 'location', location, 'be a region, because images are kept in several zones', `take "${location.slice(0, -2)}"`); }
    }
    this.name = props.name ?? id;
    if (typeof this.name !== 'string' || !/^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/.test(this.name)) {
      throw invalid(this, props.name === undefined ? 'id' : 'name', this.name, 'be 1 to 63 lower case letters, digits and "-", and start with a letter', 'rename it');
    }
    const project = requireProject(this, 'because it is part of the address of every image');
    this.server = `${location}-docker.pkg.dev/${project}/${this.name}`;
    const labels = checkResourceLabels(this, 'labels', props.labels);
    const repository = withGoogle(this, ({ artifactRegistryRepository }) => new artifactRegistryRepository.ArtifactRegistryRepository(this, 'Resource', {
      repositoryId: this.name,
      location,
      project,
      format: 'DOCKER',
      dockerConfig: { immutableTags: props.immutableTags ?? false },
      labels: props.labels === undefined ? undefined : labels,
    }));
    this.repository = { name: repository.name, location, project };
    output(this, 'server', this.server, 'Where images are pushed to and pulled from');
  }

  /** A reference to an image in it, by a tag such as "1.4" or a digest such as "sha256:…". Throws when it is none that can be pulled, or the tag is "latest". */
  public image(repository: string, reference: string): string {
    if (typeof reference !== 'string' || reference === '') {
      throw invalid(this, 'image', reference, 'have a tag or a digest', 'for example image("scorer", "1.4")');
    }
    const image = `${this.server}/${repository}${reference.startsWith('sha256:') ? '@' : ':'}${reference}`;
    parseImage(this, 'image', image);
    return image;
  }

  /** Lets the nodes of a cluster pull images; once, however often it is called. */
  public grantPull(cluster: IGkeCluster): void {
    if (typeof cluster?.workloadPool !== 'string') { throw invalid(this, 'cluster', cluster, 'be a cluster of GKE', 'for example new google.GkeCluster(...)'); }
    const { scope, id, made } = placeOf(this, cluster, `Pull-${cluster.node.addr}`, cluster);
    if (made) { return; }
    const { name, location, project } = this.repository;
    withGoogle(scope, ({ artifactRegistryIamMember }) => new artifactRegistryIamMember.ArtifactRegistryRepositoryIamMember(scope, id, {
      repository: name,
      location,
      project,
      role: 'roles/artifactregistry.reader',
      member: `serviceAccount:${cluster.nodeServiceAccount}`,
    }));
  }
}
