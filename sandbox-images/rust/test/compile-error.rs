fn main() {
    let text = String::from("hello");
    let moved = text;
    println!("{text} {moved}");
}
