#!/usr/bin/env bash
# Checks what is in this folder without a container engine: the compose file, nginx's configuration, and the three images,
# which are built and started with Debian's buildah. Needs Debian, root, Node and npm, and takes some minutes.
# No image is pulled: Debian's packages and the Node that npm brought stand in for the official base images.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

base=localhost/claude-gateway-verify-base
images=(backend frontend all)
declare -A files=([backend]=Dockerfile.backend [frontend]=Dockerfile.frontend [all]=Dockerfile)

install_tools() {
  local missing=()
  for tool in buildah debootstrap docker-compose ip:iproute2; do
    command -v "${tool%%:*}" >/dev/null || missing+=("${tool##*:}")
  done
  [ ${#missing[@]} = 0 ] && return
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
}

# One image that can stand in for node:24-bookworm-slim as well as for nginx:stable-bookworm.
make_base() {
  buildah inspect "$base" >/dev/null 2>&1 && return
  local root
  root=$(mktemp -d)
  debootstrap --variant=minbase --include=ca-certificates,curl,libstdc++6,nginx-light bookworm "$root" >/dev/null
  cp -L node_modules/.bin/node "$root/usr/local/bin/node"
  cp -r "$(dirname "$(readlink -f "$(command -v npm)")")/.." "$root/usr/local/lib/npm"
  ln -s ../lib/npm/bin/npm-cli.js "$root/usr/local/bin/npm"
  # The registry may be reached by way of a proxy whose certificate only this machine knows.
  cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
  local container
  container=$(buildah from scratch)
  buildah copy -q "$container" "$root" / >/dev/null
  buildah config --env NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt --cmd node "$container"
  buildah commit -q "$container" "$base" >/dev/null
  buildah rm "$container" >/dev/null
  rm -rf "$root"
}

build_image() {
  local log
  log=$(mktemp)
  if ! buildah build --isolation chroot --format docker \
    --build-arg NODE_IMAGE="$base" --build-arg NGINX_IMAGE="$base" \
    --file "docker/${files[$1]}" --tag "localhost/claude-gateway-verify-$1" . >"$log" 2>&1; then
    cat "$log"
    return 1
  fi
  rm "$log"
}

node scripts/prepare.mjs
install_tools
docker-compose --file docker/docker-compose.yml config --quiet
echo '✓ the compose file is valid'
make_base
for image in "${images[@]}"; do
  build_image "$image"
  echo "✓ ${files[$image]} builds"
done

# In a network of its own, where the fixed ports of the images are free.
export PATH="$PWD/node_modules/.bin:$PATH"
unshare --net bash -c 'ip link set lo up && exec node docker/verify/main.ts'
