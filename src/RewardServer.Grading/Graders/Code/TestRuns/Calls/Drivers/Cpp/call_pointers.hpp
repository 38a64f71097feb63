// The forms of pointers: texts and arrays of C, and the nodes of linked lists and binary trees, by their members' names.
// What is read into them is never freed.
#pragma once
#include "call_containers.hpp"

namespace rewardserver_call {

template <class T> struct form<T, if_kind<kind::text_view, T>> {
    static constexpr bool in = true, out = true;
    static void read(reader& from, T& value)
    {
        auto* text = new std::string(read_item<std::string>(from));
        value = T(text->data(), text->size());
    }
    static void write(writer& to, const T& value) { rewardserver_call::write(to, std::string(value.data(), value.size())); }
};

template <class T> struct form<T*, std::enable_if_t<std::is_same<std::remove_cv_t<T>, char>::value>> {
    static constexpr bool in = true, out = true;
    static void read(reader& from, T*& value) { value = from.word("null") ? nullptr : &(*new std::string(read_item<std::string>(from)))[0]; }
    static void write(writer& to, T* value) { value ? rewardserver_call::write(to, std::string(value)) : void(to.out += "null"); }
};

// An array's length is told by another argument of the function's: a result's is known only where the array was given.
struct given_array { const void* start; std::size_t length; given_array* before; };
inline given_array*& given_arrays()
{
    static given_array* last = nullptr;
    return last;
}

template <class T> struct form<T*, std::enable_if_t<std::is_arithmetic<T>::value && !std::is_same<std::remove_cv_t<T>, char>::value>> {
    using item = std::remove_cv_t<T>;
    static constexpr bool in = form<item>::in, out = form<item>::out;
    static void read(reader& from, T*& value)
    {
        std::size_t length = 0, room = 16;
        item* start = new item[room]();
        read_items(from, "list", [&] {
            if (length == room) {
                item* larger = new item[room *= 2]();
                for (std::size_t i = 0; i < length; ++i)
                    larger[i] = start[i];
                delete[] start;
                start = larger;
            }
            rewardserver_call::read(from, start[length++]);
        });
        given_arrays() = new given_array{ start, length, given_arrays() };
        value = start;
    }
    static void write(writer& to, T* value)
    {
        for (auto* array = given_arrays(); array; array = array->before)
            if (array->start == value) {
                to.out += '[';
                for (std::size_t i = 0; i < array->length; ++i) {
                    to.out += i > 0 ? "," : "";
                    rewardserver_call::write<item>(to, value[i]);
                }
                to.out += ']';
                return;
            }
        throw mismatch{ "is a pointer to an array of unknown length" };
    }
};

template <class T> using is_link = std::enable_if_t<std::is_same<decltype(T::next), T*>::value, decltype(T::val)>;
template <class T> using is_fork = std::enable_if_t<std::is_same<decltype(T::left), T*>::value && std::is_same<decltype(T::right), T*>::value, decltype(T::val)>;

template <class T> T* new_node(reader& from)
{
    T* node = static_cast<T*>(::operator new(sizeof(T)));
    __builtin_memset(static_cast<void*>(node), 0, sizeof(T));
    new (static_cast<void*>(&node->val)) decltype(T::val)();
    read(from, node->val);
    return node;
}

template <class T> struct form<T*, std::enable_if_t<std::is_class<T>::value && holds<is_link, T>::value>> {
    using item = decltype(T::val);
    static constexpr bool in = form<item>::in, out = form<item>::out;
    static void read(reader& from, T*& value)
    {
        value = nullptr;
        T** end = &value;
        if (!from.word("null"))
            from.array("list", [&] { end = &(*end = new_node<T>(from))->next; });
    }
    static void write(writer& to, T* value)
    {
        to.out += '[';
        for (T* node = value; node; node = node->next) {
            to.out += node == value ? "" : ",";
            rewardserver_call::write<item>(to, node->val);
        }
        to.out += ']';
    }
};

// Level by level, with null where a child is missing, none at the end.
template <class T> struct form<T*, std::enable_if_t<std::is_class<T>::value && holds<is_fork, T>::value>> {
    using item = decltype(T::val);
    static constexpr bool in = form<item>::in, out = form<item>::out;

    static void read(reader& from, T*& value)
    {
        value = nullptr;
        if (from.word("null"))
            return;
        std::vector<T*> line;  // those whose children are still to come
        std::size_t parent = 0;
        bool root = true, right = false;
        from.array("tree", [&] {
            if (!root && parent == line.size())
                throw mismatch{ "has a node without a parent" };
            T* node = from.word("null") ? nullptr : new_node<T>(from);
            if (root)
                value = node;
            else
                (right ? line[parent]->right : line[parent]->left) = node;
            if (node)
                line.push_back(node);
            parent += right;
            right = !root && !right;
            root = false;
        });
    }

    static void write(writer& to, T* value)
    {
        std::vector<T*> line;
        if (value)
            line.push_back(value);
        to.out += '[';
        std::size_t end = to.out.size();
        for (std::size_t at = 0; at < line.size(); ++at) {
            to.out += at > 0 ? "," : "";
            if (T* node = line[at]) {
                rewardserver_call::write<item>(to, node->val);
                end = to.out.size();
                line.push_back(node->left);
                line.push_back(node->right);
            } else
                to.out += "null";
        }
        to.out.resize(end);
        to.out += ']';
    }
};

}
