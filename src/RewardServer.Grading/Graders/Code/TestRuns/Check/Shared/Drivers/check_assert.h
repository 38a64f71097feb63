/* The check's own assert, whatever the candidate makes of the library's. */
#undef NDEBUG
#undef assert
#define assert(...) ((__VA_ARGS__) ? (void)0 : rewardserver_wrong(__LINE__))
