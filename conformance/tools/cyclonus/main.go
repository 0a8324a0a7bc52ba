// Answers, with the matcher of cyclonus, which connections network policies let through.
//
// Standard input is a JSON array of cases; standard output has an array of answers for each.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/mattfenwick/cyclonus/pkg/matcher"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
)

type peer struct {
	Address         string            `json:"address"`
	Namespace       string            `json:"namespace"`
	NamespaceLabels map[string]string `json:"namespaceLabels"`
	Labels          map[string]string `json:"labels"`
}

type question struct {
	From     peer            `json:"from"`
	To       peer            `json:"to"`
	Port     int             `json:"port"`
	PortName string          `json:"portName"`
	Protocol corev1.Protocol `json:"protocol"`
}

type answer struct {
	Out bool `json:"out"`
	In  bool `json:"in"`
}

type testCase struct {
	Policies  []*networkingv1.NetworkPolicy `json:"policies"`
	Questions []question                    `json:"questions"`
}

func main() {
	var cases []testCase
	if err := json.NewDecoder(os.Stdin).Decode(&cases); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	answers := make([][]answer, len(cases))
	for i, c := range cases {
		policy := matcher.BuildNetworkPolicies(false, c.Policies)
		answers[i] = make([]answer, len(c.Questions))
		for j, q := range c.Questions {
			result := policy.IsTrafficAllowed(&matcher.Traffic{
				Source:           q.From.traffic(),
				Destination:      q.To.traffic(),
				ResolvedPort:     q.Port,
				ResolvedPortName: q.PortName,
				Protocol:         q.Protocol,
			})
			answers[i][j] = answer{Out: result.Egress.IsAllowed(), In: result.Ingress.IsAllowed()}
		}
	}
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// A peer without a namespace is outside the cluster.
func (p peer) traffic() *matcher.TrafficPeer {
	peer := &matcher.TrafficPeer{IP: p.Address}
	if p.Namespace != "" {
		peer.Internal = &matcher.InternalPeer{Namespace: p.Namespace, NamespaceLabels: p.NamespaceLabels, PodLabels: p.Labels}
	}
	return peer
}
