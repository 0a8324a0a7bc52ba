#!/usr/bin/env bash
# deploy.sh diff says what would change; deploy.sh apply changes it: the clusters first, then what runs on them.
set -euo pipefail
what=${1:?say diff or apply}
regions=(westeurope eastus2)

npx cdk8s synth
for region in "${regions[@]}"; do
  stack=cdktf.out/stacks/infra-$region
  terraform -chdir="$stack" init -input=false
  if [ "$what" = apply ]; then
    terraform -chdir="$stack" apply -input=false -auto-approve
  else
    terraform -chdir="$stack" plan -input=false
  fi
  # The ids of identities, which exist only now, are part of the manifests.
  terraform -chdir="$stack" output -json > "terraform.infra-$region.outputs.json"
done
npx cdk8s synth

for region in "${regions[@]}"; do
  manifests=dist/scoring-$region
  if [ ! -d "$manifests" ]; then
    echo "$region: there is no cluster yet"
    continue
  fi
  KUBECONFIG=$(mktemp)
  export KUBECONFIG
  $(terraform -chdir="cdktf.out/stacks/infra-$region" output -raw cluster_credentials_command) --file "$KUBECONFIG" --overwrite-existing
  kubelogin convert-kubeconfig -l azurecli
  if [ "$what" = apply ]; then
    kubectl apply --server-side -f "$manifests"
    kubectl -n aml-aks-onnx rollout status deployment -l app.kubernetes.io/managed-by=cdk8s --timeout=15m
  else
    # 1 says that there are differences
    kubectl diff --server-side -f "$manifests" || [ $? -eq 1 ]
  fi
done
