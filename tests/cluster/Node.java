import static org.codelibs.opensearch.runner.OpenSearchRunner.newConfigs;

import org.codelibs.opensearch.runner.OpenSearchRunner;

/** One node of a cluster, until its standard input ends: FOLDER NAME CLUSTER HTTP-PORT TRANSPORT-PORT SEEDS MANAGERS. */
public class Node {
    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(args[3]);
        OpenSearchRunner runner = new OpenSearchRunner();
        runner.setMaxHttpPort(65535);
        runner.onBuild((number, settings) -> {
            settings.put("node.name", args[1]);
            settings.put("network.host", "127.0.0.1");
            settings.put("http.port", port);
            settings.put("transport.port", args[4]);
            settings.putList("discovery.seed_hosts", args[5].split(","));
            settings.putList("cluster.initial_cluster_manager_nodes", args[6].split(","));
            // A build machine's disk may be full beyond what production wants.
            settings.put("cluster.routing.allocation.disk.threshold_enabled", false);
        }).build(newConfigs().basePath(args[0]).clusterName(args[2]).numOfNode(1).baseHttpPort(port - 1));
        while (System.in.read() >= 0) {
            // The test that started it is still there.
        }
        runner.close();
        System.exit(0);
    }
}
