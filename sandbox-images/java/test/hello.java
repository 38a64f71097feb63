import java.util.List;

public class Main {
    public static void main(String[] arguments) {
        System.out.println(String.join("", List.of("hel", "lo")));
    }
}
