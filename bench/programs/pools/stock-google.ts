import { ContainerCluster } from '@cdktf/provider-google/lib/container-cluster';
import { ContainerNodePool } from '@cdktf/provider-google/lib/container-node-pool';
import { ProjectIamMember } from '@cdktf/provider-google/lib/project-iam-member';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { ServiceAccount } from '@cdktf/provider-google/lib/service-account';
import { App, TerraformOutput, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import type { Build } from './build';

const LABELS = { 'managed-by': 'cdk8s-ml' };
const TAGS = ['gke-infra-cluster'];
const NODE = {
  oauthScopes: ['https://www.googleapis.com/auth/cloud-platform'],
  metadata: { 'disable-legacy-endpoints': 'true' },
  shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true },
  workloadMetadataConfig: { mode: 'GKE_METADATA' },
};

/** What `platform-google` makes, with the provider's own classes on cdktf's own app. */
export const build: Build = (outdir, pools) => {
  const app = new App({ outdir });
  const stack = new TerraformStack(app, 'infra');
  new GoogleProvider(stack, 'GoogleProvider', { project: 'my-project' });
  const scope = new Construct(stack, 'cluster');
  const account = new ServiceAccount(scope, 'NodeAccount', { accountId: 'infra-cluster-nodes', displayName: 'Nodes of infra-cluster' });
  new ProjectIamMember(scope, 'NodeRole', { project: 'my-project', role: 'roles/container.defaultNodeServiceAccount', member: `serviceAccount:${account.email}` });
  const cluster = new ContainerCluster(scope, 'Resource', {
    name: 'infra-cluster',
    location: 'us-central1-a',
    network: 'shared',
    subnetwork: 'gke',
    networkingMode: 'VPC_NATIVE',
    ipAllocationPolicy: { clusterSecondaryRangeName: 'pods', servicesSecondaryRangeName: 'services' },
    datapathProvider: 'ADVANCED_DATAPATH',
    networkPolicy: { enabled: false },
    privateClusterConfig: { enablePrivateNodes: true, enablePrivateEndpoint: false, masterIpv4CidrBlock: '172.16.0.0/28' },
    masterAuth: { clientCertificateConfig: { issueClientCertificate: false } },
    releaseChannel: { channel: 'REGULAR' },
    workloadIdentityConfig: { workloadPool: 'my-project.svc.id.goog' },
    enableShieldedNodes: true,
    enableIntranodeVisibility: true,
    enableLegacyAbac: false,
    gatewayApiConfig: { channel: 'CHANNEL_STANDARD' },
    addonsConfig: { gcsFuseCsiDriverConfig: { enabled: true }, gcePersistentDiskCsiDriverConfig: { enabled: true } },
    loggingConfig: { enableComponents: ['SYSTEM_COMPONENTS', 'WORKLOADS'] },
    monitoringConfig: {
      enableComponents: ['SYSTEM_COMPONENTS', 'DEPLOYMENT', 'POD', 'HPA', 'CADVISOR', 'KUBELET', 'DCGM', 'JOBSET'], managedPrometheus: { enabled: true },
    },
    deletionProtection: true,
    resourceLabels: LABELS,
    removeDefaultNodePool: true,
    initialNodeCount: 1,
    nodeConfig: { ...NODE, serviceAccount: account.email, tags: TAGS },
    lifecycle: { ignoreChanges: ['node_config', 'initial_node_count'] },
  });
  for (const name of pools) {
    new ContainerNodePool(new Construct(scope, name), 'Resource', {
      name,
      cluster: cluster.id,
      location: 'us-central1-a',
      maxPodsPerNode: 110,
      initialNodeCount: 0,
      autoscaling: { totalMinNodeCount: 0, totalMaxNodeCount: 4, locationPolicy: 'ANY' },
      management: { autoRepair: true, autoUpgrade: true },
      upgradeSettings: { strategy: 'SURGE', maxSurge: 0, maxUnavailable: 1 },
      networkConfig: { enablePrivateNodes: true },
      nodeConfig: {
        ...NODE,
        machineType: 'a2-ultragpu-1g',
        imageType: 'COS_CONTAINERD',
        diskType: 'pd-balanced',
        diskSizeGb: 200,
        spot: true,
        reservationAffinity: { consumeReservationType: 'NO_RESERVATION' },
        guestAccelerator: [{ type: 'nvidia-a100-80gb', count: 1, gpuDriverInstallationConfig: { gpuDriverVersion: 'DEFAULT' } }],
        gvnic: { enabled: true },
        gcfsConfig: { enabled: true },
        labels: { 'node-pool': name },
        taint: [
          { key: 'nvidia.com/gpu', value: 'present', effect: 'NO_SCHEDULE' },
          { key: 'cloud.google.com/gke-spot', value: 'true', effect: 'NO_SCHEDULE' },
        ],
        tags: TAGS,
        resourceLabels: LABELS,
        serviceAccount: account.email,
      },
      lifecycle: { ignoreChanges: ['initial_node_count'] },
    });
  }
  new TerraformOutput(stack, 'cluster_name', { value: 'infra-cluster', description: 'The name of the cluster' });
  new TerraformOutput(stack, 'cluster_credentials_command', {
    value: 'gcloud container clusters get-credentials infra-cluster --location us-central1-a', description: 'The command that gives kubectl access to the cluster',
  });
  return app;
};
