#!/bin/bash
# Process 1 of the node's own process and mount namespaces: init.sh RUN PROGRAMS KUBE. Whatever containerd starts
# dies with this process, and every mount goes with the namespace, so nothing of the node can be left behind.
set -euo pipefail
run=$1 programs=$2 kube=$3
# The places that containerd, runc, the network plugins and the kubelet write to by themselves.
mount -t tmpfs tmpfs /run
for folder in lib log; do
  mkdir -p "$run/var/$folder"
  mount --bind "$run/var/$folder" "/var/$folder"
done
PATH=$programs:$PATH "$programs/containerd" --config "$run/containerd.toml" >"$run/logs/containerd.log" 2>&1 &
# The kubelet gives up at once where its runtime does not answer yet.
until [ -S "$run/containerd.sock" ]; do sleep 0.02; done
"$kube" kubelet --config="$run/kubelet.yaml" --kubeconfig="$run/admin.conf" --hostname-override=localhost \
  --root-dir="$run/kubelet" --cert-dir="$run/kubelet-pki" >"$run/logs/kubelet.log" 2>&1 &
# One without the other is no node. The wait also reaps the orphans that every process 1 is given.
wait -n
echo 'containerd or the kubelet ended' >&2
exit 1
