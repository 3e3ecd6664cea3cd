#!/bin/bash
# Process 1 of the Docker daemon's own process and mount namespaces: engine-init.sh RUN DOCKERD-FLAGS. What the
# daemon starts and mounts goes with it.
set -euo pipefail
run=$1
shift
mount -t tmpfs tmpfs /run
mkdir -p "$run/var/lib"
mount --bind "$run/var/lib" /var/lib
dockerd "$@" &
# Not exec: process 1 has to reap the orphans that it is given, which a daemon does not.
wait -n
