public class Main {
    public static void main(String[] arguments) {
        System.out.println("before");
        throw new IllegalStateException("after");
    }
}
