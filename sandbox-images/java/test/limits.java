// Reaches the limit whose name stands on standard input; 3 is how a program ends that meets it in an orderly way.
import java.io.*;
import java.nio.file.*;
import java.util.*;

public class Main {
    public static void main(String[] arguments) throws Exception {
        String limit = new BufferedReader(new InputStreamReader(System.in)).readLine();
        byte[] block = new byte[1 << 19];
        List<Object> kept = new ArrayList<>();
        try {
            switch (limit) {
                case "cpu": while (true) { }
                case "wall": Thread.sleep(60000); break;
                case "memory": while (true) { byte[] one = new byte[1 << 20]; Arrays.fill(one, (byte) 1); kept.add(one); }
                case "processes": for (int i = 0; i < 100; i++) kept.add(new ProcessBuilder("/bin/sleep", "60").start()); break;
                case "output": for (int i = 0; i < 4; i++) System.out.write(block, 0, block.length); break;
                case "file": try (FileOutputStream file = new FileOutputStream("large")) { while (true) file.write(block); }
                case "open files": while (true) kept.add(new FileInputStream("/dev/null"));
                case "scratch": for (int i = 0; i < 1000; i++) Files.write(Path.of(String.valueOf(i)), block);
            }
        } catch (IOException met) {
            System.exit(3);
        }
        System.exit(3);
    }
}
