/**
 * Downloads a model that is registered in a workspace of Azure Machine Learning: asks the workspace where the model lies, then the object store.
 *
 * The token comes from the pod's identity, whose webhook has put its file and ids into the environment. The answers are JSON of one known shape.
 *
 * @see https://learn.microsoft.com/rest/api/azureml/model-versions/get
 */
export const FETCH_AZURE_ML = `field() { tr -d '\\n\\r' | sed -n "s/.*\\"$1\\" *: *\\"\\([^\\"]*\\)\\".*/\\1/p"; }
need() { if [ -z "$2" ]; then echo "$MODEL_IDENTITY: $1" >&2; exit 1; fi; }
need "the pod has no identity: its service account needs one, and the cluster its webhook" "\${AZURE_FEDERATED_TOKEN_FILE:-}"
form="client_id=$AZURE_CLIENT_ID&grant_type=client_credentials&scope=https%3A%2F%2Fmanagement.azure.com%2F.default"
form="$form&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"
form="$form&client_assertion=$(cat "$AZURE_FEDERATED_TOKEN_FILE")"
token=$(wget -q -O - --post-data "$form" "\${AZURE_AUTHORITY_HOST:-https://login.microsoftonline.com/}$AZURE_TENANT_ID/oauth2/v2.0/token" | field access_token)
need "the identity got no token" "$token"
ask() { wget -q -O - --header "Authorization: Bearer $token" "https://management.azure.com$MODEL_WORKSPACE/$1?api-version=2024-04-01"; }
uri=$(ask "models/$MODEL_NAME/versions/$MODEL_VERSION" | field modelUri)
need "the workspace does not say where the model is" "$uri"
place=\${uri#*/datastores/}
if [ "$place" = "$uri" ]; then echo "$MODEL_IDENTITY: is at $uri, which is no datastore" >&2; exit 1; fi
store=$(ask "datastores/\${place%%/*}")
account=$(printf '%s' "$store" | field accountName)
container=$(printf '%s' "$store" | field containerName)
need "the datastore \${place%%/*} is no container of blobs" "$account$container"
rclone copy "$@" "--azureblob-account=$account" ":azureblob:$container/\${place#*/paths/}" "$MODEL_FOLDER"
if [ -z "$(find "$MODEL_FOLDER" -type f 2>/dev/null | head -n 1)" ]; then
  echo "$MODEL_IDENTITY: no file was downloaded" >&2
  exit 1
fi`;
