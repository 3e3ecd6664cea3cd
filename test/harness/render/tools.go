//go:build tools

// Package render pins the programs that turn charts and overlays into manifests.
package render

import (
	_ "helm.sh/helm/v4/cmd/helm"
	_ "sigs.k8s.io/kustomize/kustomize/v5"
)
