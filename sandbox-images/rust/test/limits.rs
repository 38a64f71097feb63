// Reaches the limit whose name stands on standard input; 3 is how a program ends that meets it in an orderly way.
use std::fs::File;
use std::io::{self, Write};
use std::process::{exit, Command};

fn reach(limit: &str) -> io::Result<()> {
    let block = vec![1u8; 1 << 19];
    match limit {
        "cpu" => loop {
            std::hint::spin_loop()
        },
        "wall" => std::thread::sleep(std::time::Duration::from_secs(60)),
        "memory" => {
            let mut kept = Vec::new();
            loop {
                kept.push(vec![kept.len() as u8 | 1; 1 << 20]);
            }
        }
        "processes" => {
            for _ in 0..100 {
                Command::new("/bin/sleep").arg("60").spawn()?;
            }
        }
        "output" => {
            for _ in 0..4 {
                io::stdout().write_all(&block)?;
            }
        }
        "file" => {
            let mut file = File::create("large")?;
            loop {
                file.write_all(&block)?;
            }
        }
        "open files" => {
            let mut kept = Vec::new();
            loop {
                kept.push(File::open("/dev/null")?);
            }
        }
        "scratch" => {
            for number in 0..1000 {
                std::fs::write(number.to_string(), &block)?;
            }
        }
        _ => exit(1),
    }
    Ok(())
}

fn main() {
    let mut limit = String::new();
    io::stdin().read_line(&mut limit).unwrap();
    let _ = reach(limit.trim());
    exit(3);
}
