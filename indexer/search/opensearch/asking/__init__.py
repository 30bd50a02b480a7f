"""Turns a plan into questions to the cluster, and its answers into ours."""
