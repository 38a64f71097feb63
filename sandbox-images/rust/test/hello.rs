use std::collections::BTreeSet;

fn main() {
    let words: BTreeSet<&str> = ["hello", "world"].into_iter().collect();
    println!("{}", words.iter().next().unwrap());
}
