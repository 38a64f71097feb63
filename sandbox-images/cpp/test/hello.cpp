#include <algorithm>
#include <iostream>
#include <vector>

int main() {
    std::vector<int> numbers{3, 1, 2};
    std::sort(numbers.begin(), numbers.end());
    std::cout << (numbers.front() == 1 ? "hello" : "no") << std::endl;
}
