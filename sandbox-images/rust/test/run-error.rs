fn main() {
    println!("before");
    let nothing: Option<i32> = None;
    nothing.unwrap();
}
