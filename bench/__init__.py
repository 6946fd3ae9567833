"""The benchmarks that `make bench` runs: what Kaifang costs, beside what nothing can beat and what is usually built."""
