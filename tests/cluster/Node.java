import static org.codelibs.opensearch.runner.OpenSearchRunner.newConfigs;

import org.codelibs.opensearch.runner.OpenSearchRunner;

/** One node of a cluster, until its standard input ends: FOLDER NAME CLUSTER HOST HTTP-PORT TRANSPORT-PORT SEEDS MANAGERS. */
public class Node {
    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(args[4]);
        OpenSearchRunner runner = new OpenSearchRunner();
        runner.setMaxHttpPort(65535);
        runner.onBuild((number, settings) -> {
            settings.put("node.name", args[1]);
            settings.put("network.host", args[3]);
            settings.put("http.port", port);
            settings.put("transport.port", args[5]);
            settings.putList("discovery.seed_hosts", args[6].split(","));
            settings.putList("cluster.initial_cluster_manager_nodes", args[7].split(","));
            // As an archive's own cluster has it: a string of many likenesses is a question of many clauses.
            settings.put("indices.query.bool.max_clause_count", 16384);
            // A node that does not answer is left out after some seconds instead of half a minute.
            for (String side : new String[] {"follower_check", "leader_check"}) {
                settings.put("cluster.fault_detection." + side + ".interval", "500ms");
                settings.put("cluster.fault_detection." + side + ".timeout", "2s");
                settings.put("cluster.fault_detection." + side + ".retry_count", 2);
            }
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
