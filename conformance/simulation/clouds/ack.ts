import { block, DescribedPool, referred, resourcesOf, Taint } from './described-pool';
import { alibabaMachine } from './machine';
import { TerraformFile } from '../../subject';

/** The pools of clusters of ACK, which taints no node by itself, spot or not, and brings the device plugin. */
export function ackPools(stack: TerraformFile): DescribedPool[] {
  return resourcesOf(stack, 'alicloud_cs_kubernetes_node_pool').map(([id, pool]) => {
    const [machineType] = pool.instance_types as string[];
    const machine = alibabaMachine(machineType);
    const scaling = block(pool.scaling_config);
    const name: string = pool.node_pool_name ?? pool.name;
    const labels = Object.fromEntries((pool.labels ?? []).map(({ key, value }: any) => [key, value ?? '']));
    const exclusive = (labels['ack.node.gpu.schedule'] ?? 'default') === 'default';
    return {
      name,
      cluster: referred(pool.cluster_id),
      machine,
      machineType,
      nodes: Number(scaling ? scaling.max_size : pool.desired_size ?? 1),
      region: 'cn-hangzhou',
      zones: (pool.vswitch_ids as string[]).map((_, index) => `cn-hangzhou-${'hijk'[index % 4]}`),
      podsPerNode: 60,
      labels: {
        'alibabacloud.com/nodepool-id': id,
        ...scaling ? { 'k8s.aliyun.com': 'true' } : {},
        ...machine.gpus > 0 ? { 'ack.node.gpu.schedule': 'default', 'aliyun.accelerator/nvidia_count': String(machine.gpus), 'aliyun.accelerator/xpu_type': 'nvidia' } : {},
        ...labels,
      },
      taints: (pool.taints ?? []).map(({ key, value, effect }: Taint) => ({ key, value, effect })),
      // Nodes whose GPUs are shared in ACK's ways offer other resources.
      devices: offered(exclusive ? machine.gpus : 0),
      keeps: { millis: 100 + machine.cpus * 10, memoryMib: Math.ceil(machine.memoryGib * 1024 * 0.06) + 100 },
      diskGib: Number(pool.system_disk_size ?? 40) * 0.9,
    };
  });
}

function offered(gpus: number): Record<string, number> {
  return gpus > 0 ? { 'nvidia.com/gpu': gpus } : {};
}
