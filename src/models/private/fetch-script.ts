/**
 * The shell text of a container that downloads a model; it is the same for every program.
 *
 * What users wrote reaches it as environment and arguments only, so nothing in it can be a command.
 * The marker stands beside the folder, because some servers take every entry of the folder for a model.
 * Where the volume's file system has no locks, pods that start together each download: slower, and a file that two of them spoilt is found by its checksum.
 */
export function fetchScript(fetch: string): string {
  return `set -eu
marker="$MODEL_FOLDER.complete"
mkdir -p "$MODEL_FOLDER" "$HOME"
if command -v flock >/dev/null 2>&1; then
  exec 9>"$MODEL_FOLDER.lock"
  flock 9 || echo "this volume has no locks" >&2
fi
if [ -f "$marker" ] && [ "$(cat "$marker")" = "$MODEL_IDENTITY" ]; then
  echo "$MODEL_IDENTITY is already complete in $MODEL_FOLDER"
  exit 0
fi
rm -f "$marker"
echo "downloading $MODEL_IDENTITY to $MODEL_FOLDER"
${fetch}
printf '%s\\n' "$MODEL_IDENTITY" >"$marker.new"
mv "$marker.new" "$marker"
echo "$MODEL_IDENTITY is complete"
`;
}

/**
 * Downloads from the Hugging Face hub, under the CLI's new name or its old one, and compares each file with the checksum that the hub gave.
 *
 * The CLI notes per file the commit and the checksum: SHA-256 for large files, git's blob hash for others. It compares sizes only.
 * A file that differs is removed with its note, so that the next attempt downloads it again and nothing else.
 */
export const FETCH_HUGGING_FACE = `set -f
newline='
'
IFS=$newline
set -- "$MODEL_REPOSITORY" "--local-dir=$MODEL_FOLDER"
if [ -n "\${MODEL_REVISION:-}" ]; then set -- "$@" "--revision=$MODEL_REVISION"; fi
if command -v hf >/dev/null 2>&1; then
  for pattern in \${MODEL_INCLUDE:-}; do set -- "$@" "--include=$pattern"; done
  for pattern in \${MODEL_EXCLUDE:-}; do set -- "$@" "--exclude=$pattern"; done
  hf download "$@"
else
  if [ -n "\${MODEL_INCLUDE:-}" ]; then set -- "$@" --include $MODEL_INCLUDE; fi
  if [ -n "\${MODEL_EXCLUDE:-}" ]; then set -- "$@" --exclude $MODEL_EXCLUDE; fi
  huggingface-cli download "$@"
fi
unset IFS
notes="$MODEL_FOLDER/.cache/huggingface/download"
if [ -z "$(find "$notes" -name '*.metadata' 2>/dev/null | head -n 1)" ]; then
  echo "$MODEL_IDENTITY: no file was downloaded" >&2
  exit 1
fi
find "$notes" -name '*.metadata' | {
  damaged=0
  while IFS= read -r note; do
    name=\${note#"$notes"/}
    file="$MODEL_FOLDER/\${name%.metadata}"
    wanted=$(sed -n 2p "$note")
    if [ ! -f "$file" ]; then
      found=missing
    elif [ "\${#wanted}" -eq 64 ]; then
      found=$(sha256sum <"$file")
    elif [ "\${#wanted}" -eq 40 ]; then
      found=$({ printf 'blob %s\\0' "$(wc -c <"$file" | tr -d ' ')"; cat "$file"; } | sha1sum)
    else
      echo "\${file}: the hub gave no checksum" >&2
      continue
    fi
    if [ "\${found%% *}" != "$wanted" ]; then
      echo "$file is damaged: its checksum is \${found%% *}, not $wanted" >&2
      rm -f "$file" "$note"
      damaged=1
    fi
  done
  exit "$damaged"
}`;

/**
 * Downloads from an object store.
 *
 * rclone moves a file into place when its checksum is that of the store, leaves alone what is there already, and ends with an error if a file is missing.
 */
export const FETCH_OBJECTS = `if [ -n "\${MODEL_ACCOUNT_KEY_FILE:-}" ]; then
  RCLONE_AZUREBLOB_KEY=$(cat "$MODEL_ACCOUNT_KEY_FILE")
  export RCLONE_AZUREBLOB_KEY
fi
if [ -n "\${MODEL_SAS_FILE:-}" ]; then
  RCLONE_AZUREBLOB_SAS_URL="$MODEL_CONTAINER_URL?$(sed 's/^?//' "$MODEL_SAS_FILE")"
  export RCLONE_AZUREBLOB_SAS_URL
fi
rclone copy "$@" "$MODEL_REMOTE" "$MODEL_FOLDER"
if [ -z "$(find "$MODEL_FOLDER" -type f 2>/dev/null | head -n 1)" ]; then
  echo "$MODEL_IDENTITY: no file was downloaded" >&2
  exit 1
fi`;
