import io.trino.plugin.memory.MemoryPlugin;
import io.trino.server.testing.TestingTrinoServer;
import java.util.Map;

/** A genuine Trino with tables in memory, for as long as the pipe it reads from stays open. */
public class TrinoServer {
  public static void main(String[] arguments) throws Exception {
    try (var server = TestingTrinoServer.create()) {
      server.installPlugin(new MemoryPlugin());
      server.createCatalog("memory", "memory", Map.of("memory.max-data-per-node", "512MB"));
      System.out.println("TRINO AT " + server.getBaseUrl());
      while (System.in.read() >= 0) {}
    }
    System.exit(0);
  }
}
