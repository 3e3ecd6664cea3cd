//go:build tools

// Package metrics pins the server of real CPU and memory figures.
package metrics

import _ "sigs.k8s.io/metrics-server/cmd/metrics-server"
