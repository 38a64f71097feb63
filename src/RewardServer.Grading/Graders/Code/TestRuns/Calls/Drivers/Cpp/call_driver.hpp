// Calls the candidate's function with the arguments that standard input brings, and reports what came of it. The types of
// parameters and result are those of its signature.
#pragma once
#include <cxxabi.h>
#include <exception>
#include <limits>
#include <new>
#include <string>
#include <tuple>
#include <type_traits>
#include <typeinfo>
#include <utility>
#include <vector>
#pragma GCC push_options
#pragma GCC optimize ("O1")
#include "kernel.h"
#include "call_pointers.hpp"

namespace rewardserver_call {

template <class Result, class... Parameters> struct signature {
    using result = Result;
    template <std::size_t I> using parameter = std::tuple_element_t<I, std::tuple<Parameters...>>;
    static constexpr std::size_t count = sizeof...(Parameters);
};

// Of what a name stands for; of several functions by one name that with as many parameters as there are arguments, by
// overloads beside these. What more they take makes them wait for a template's argument.
template <class R, class... A> signature<R, A...> signature_of(R (*)(A...), ...);
template <class R, class C, class... A> signature<R, A...> signature_of(R (C::*)(A...));
template <class R, class C, class... A> signature<R, A...> signature_of(R (C::*)(A...) const);
template <class C> auto signature_of(C*, ...) -> decltype(signature_of(&C::operator()));

inline void report(const std::string& kind, const std::string& nonce, const std::string& text)
{
    std::string line = kind + " " + nonce + " " + text;
    if (line.size() > (64u << 10)) {
        long file = rewardserver_ask(rewardserver_openat, -100, reinterpret_cast<long>(".result"), 01 | 0100 | 01000 | 02000000, 0600, 0, 0);
        rewardserver_write_all(file, line.data(), line.size());
        line = "file " + nonce;
    }
    rewardserver_write_all(rewardserver.report, line.data(), line.size());
    std::fflush(nullptr);
    rewardserver_leave(0);
}

// The names of a type and its bases, nearest first, with and without the namespaces that they stand in.
inline void add_names(const std::type_info* type, std::string& names)
{
    std::string name = name_of(*type);
    std::size_t last = name.find('<') == std::string::npos ? name.rfind("::") : std::string::npos;
    for (const std::string& one : { name, last == std::string::npos ? std::string() : name.substr(last + 2) }) {
        writer quoted;
        quoted.text(one);
        if (!one.empty())
            names += (names.empty() ? "" : ",") + quoted.out;
    }
    auto add = [&](const std::type_info* base) { add_names(base, names); };
    if (auto* one = dynamic_cast<const abi::__si_class_type_info*>(type))
        add(one->__base_type);
    else if (auto* several = dynamic_cast<const abi::__vmi_class_type_info*>(type))
        for (unsigned i = 0; i < several->__base_count; ++i)
            add(several->__base_info[i].__base_type);
}

// Of the exception that is being handled.
inline std::string raised(const std::string& message)
{
    const std::type_info* type = abi::__cxa_current_exception_type();
    std::string bases;
    writer told;
    told.out = "{\"type\":";
    told.text(type ? name_of(*type) : "unknown");
    if (type)
        add_names(type, bases);
    told.out += ",\"bases\":[" + bases + "],\"message\":";
    std::string shown = message.substr(0, 2000);
    for (char& letter : shown)
        if (!is_utf8(message) && (letter & 0x80))
            letter = '?';
    while (!is_utf8(shown))
        shown.pop_back();
    told.text(shown);
    return told.out + "}";
}

template <class T> constexpr bool changes = (std::is_lvalue_reference<T>::value && !std::is_const<std::remove_reference_t<T>>::value)
    || (std::is_pointer<T>::value && !std::is_const<std::remove_pointer_t<T>>::value);

template <class Target, class Indices> class call;
template <class Target, std::size_t... I> class call<Target, std::index_sequence<I...>> {
    using signature = typename Target::rewardserver_signature;
    template <std::size_t N> using parameter = typename signature::template parameter<N>;
    template <std::size_t N> using held = std::decay_t<parameter<N>>;
    template <class T> using accepts = decltype(T::rewardserver_invoke(std::declval<parameter<I>>()...));
    using result = bare<typename signature::result>;

public:
    // Why the call cannot be made; empty where it can.
    static std::string obstacle()
    {
        if constexpr (!holds<accepts, Target>::value)
            return "the function takes " + std::to_string(signature::count) + " arguments, not " + std::to_string(sizeof...(I));
        else if constexpr (!(form<held<I>>::in && ...))
            return "the function has a parameter of a type that cannot be given";
        else if constexpr (!form<std::conditional_t<std::is_void<result>::value, int, result>>::out)
            return "the function returns " + name_of(typeid(result)) + ", which cannot be told";
        else
            return "";
    }

    static std::string told(const std::string& nonce, reader& from)
    {
        writer to;
        if constexpr (holds<accepts, Target>::value && (form<held<I>>::in && ...)) {
            static std::tuple<held<I>...> arguments;
            from.need('[', "list");
            (take<I>(from, nonce, std::get<I>(arguments)), ...);
            from.need(']', "list of as many arguments");
            if constexpr (std::is_void<result>::value) {
                Target::rewardserver_invoke(static_cast<parameter<I>&&>(std::get<I>(arguments))...);
                first(to, arguments);
            } else {
                auto&& value = Target::rewardserver_invoke(static_cast<parameter<I>&&>(std::get<I>(arguments))...);
                write<result>(to, value);
            }
        }
        return to.out;
    }

private:
    template <std::size_t N, class T> static void take(reader& from, const std::string& nonce, T& argument)
    {
        if (N > 0)
            from.need(',', "list of as many arguments");
        try {
            read(from, argument);
        } catch (const mismatch& wrong) {
            report("missing", nonce, "argument " + std::to_string(N + 1) + " " + wrong.text);
        }
    }

    // What returns nothing has changed its first argument in place.
    template <class Arguments> static void first(writer& to, const Arguments& arguments)
    {
        if constexpr (sizeof...(I) > 0)
            if constexpr (changes<parameter<0>> && form<held<0>>::out)
                return write<held<0>>(to, std::get<0>(arguments));
        to.out += "null";
    }
};

// Calls the target with as many arguments, and ends the process.
template <class Target, std::size_t Count> int run()
{
    const char* line = rewardserver.input;
    const char* end = line + rewardserver.length;
    while (line < end && *line != '\n')
        ++line;
    std::string nonce(rewardserver.input, line);
    reader from(line < end ? line + 1 : end, end);
    if constexpr (Target::rewardserver_signature::count < Count)
        report("missing", nonce, "the function takes " + std::to_string(Target::rewardserver_signature::count) + " arguments, not " + std::to_string(Count));
    else {
        using made = call<Target, std::make_index_sequence<Count>>;
        std::string obstacle = made::obstacle();
        if (!obstacle.empty())
            report("missing", nonce, obstacle);
        try {
            report("value", nonce, made::told(nonce, from));
        } catch (const too_large&) {
            report("large", nonce, "");
        } catch (const mismatch& wrong) {
            report("cannot", nonce, "the result " + wrong.text);
        } catch (const std::exception& error) {
            report("raise", nonce, raised(error.what()));
        } catch (const std::string& text) {
            report("raise", nonce, raised(text));
        } catch (const char* text) {
            report("raise", nonce, raised(text));
        } catch (int number) {
            report("raise", nonce, raised(std::to_string(number)));
        } catch (...) {
            report("raise", nonce, raised(""));
        }
    }
    return 70;
}

// What is found by its name, once the candidate's macros stand in the way of others.
template <class T> T& any();
template <class T> using exists = std::void_t<T>;
using yes = std::true_type;
using no = std::false_type;
template <bool First, class A, class B> using either = std::conditional_t<First, A, B>;

}
#pragma GCC pop_options
