/*
 * What must hold within one route. What it leads to is seen when it is served.
 */
#include "conf/conf_route.h"

#include "proto/reply.h"

enum { redirect_class = 3, statuses_in_class = 10 };

#define BIT(name) (1u << CONF_ACTION_##name)

static const struct {
	struct str key;
	enum conf_action action;
} actions[] = {
#define ACTION(name, key) {STR_INIT(key), CONF_ACTION_##name},
#define BELONGS(key, actions)
#include "conf/actions.def"
#undef BELONGS
#undef ACTION
};

static const struct {
	struct str key;
	unsigned actions;
} belongings[] = {
#define ACTION(name, key)
#define BELONGS(key, actions) {STR_INIT(key), (actions)},
#include "conf/actions.def"
#undef BELONGS
#undef ACTION
};

enum {
	action_count = sizeof(actions) / sizeof(actions[0]),
	belonging_count = sizeof(belongings) / sizeof(belongings[0]),
};

/* A route being looked at. */
struct look {
	struct conf_route *route;
	const struct yaml_node *map;
	struct str file;
	struct diags *diags;
};

/* The value of a key that is there and says something, or NULL. */
static const struct yaml_node *
given(const struct look *look, struct str key)
{
	const struct yaml_node *node = yaml_find(look->map, key);

	return node == NULL || yaml_is_null(node) ? NULL : node;
}

static void
check_match(const struct look *look, struct arena *arena)
{
	const struct yaml_node *node = given(look, STR("match"));

	if (node == NULL)
		diags_error(look->diags, look->route->place, "route",
		    "say for which paths it is: match: /old/*",
		    "the route has no match");
	else if (!pattern_parse(
		     arena, look->route->match, &look->route->pattern))
		diags_error(look->diags, yaml_place(node, look->file), "route",
		    "begin it with a slash, and use at most nine stars",
		    "match is no path and no pattern of one");
}

static void
take_action(const struct look *look)
{
	const struct yaml_node *node;
	struct str first = {0};

	for (size_t i = 0; i < action_count; i++) {
		node = given(look, actions[i].key);
		if (node == NULL)
			continue;
		if (look->route->action != CONF_ACTION_NONE)
			diags_error(look->diags,
			    yaml_key_place(node, look->file), "route",
			    "make two routes of it",
			    "the route has %" STR_FMT " and %" STR_FMT,
			    STR_ARG(first), STR_ARG(actions[i].key));
		first = actions[i].key;
		look->route->action = actions[i].action;
	}
}

/* A route must do something, or say something of those behind it. */
static void
check_purpose(const struct look *look)
{
	const struct conf_route *route = look->route;

	if (route->action == CONF_ACTION_NONE &&
	    given(look, STR("require")) == NULL && str_is_empty(route->mime) &&
	    str_is_empty(route->lang))
		diags_error(look->diags, route->place, "route",
		    "give it an action such as redirect or gone",
		    "the route does nothing");
	if (route->action == CONF_ACTION_GONE && !route->switched)
		diags_error(look->diags, route->place, "route",
		    "write true, or take the route out",
		    "the route's action is false");
}

static void
check_belongings(const struct look *look)
{
	const struct yaml_node *node;

	for (size_t i = 0; i < belonging_count; i++) {
		node = given(look, belongings[i].key);
		if (node != NULL &&
		    (belongings[i].actions & 1u << look->route->action) == 0)
			diags_error(look->diags,
			    yaml_key_place(node, look->file), "route",
			    "take it out, or see capsuled.yaml(5) for where it "
			    "belongs",
			    "%" STR_FMT " says nothing to this route's action",
			    STR_ARG(belongings[i].key));
	}
}

static void
check_status(const struct look *look)
{
	const struct conf_route *route = look->route;
	unsigned status = route->status;

	if (route->action != CONF_ACTION_STATUS)
		return;
	if (!status_exists((int)status) || status == STATUS_SUCCESS)
		diags_error(look->diags,
		    yaml_place(given(look, STR("status")), look->file), "route",
		    "use 10, 11, or a status from 30 to 62",
		    "status %u is none that can be fixed", status);
	else if (status / statuses_in_class <= redirect_class &&
	    str_is_empty(route->meta))
		diags_error(look->diags, route->place, "route",
		    "add meta: the words to ask for, or where to go",
		    "status %u needs a meta", status);
}

/* A piece that no star of the pattern makes. */
static void
check_pieces(const struct look *look)
{
	const struct conf_route *route = look->route;
	size_t last = pattern_piece_last(route->target);

	if (route->action == CONF_ACTION_REDIRECT &&
	    last > route->pattern.piece_count)
		diags_error(look->diags, route->place, "route",
		    "number the stars of match from 1 on",
		    "there is no piece {%zu} in match", last);
}

void
conf_check_route(struct conf_route *route, const struct yaml_node *map,
    struct conf *conf, struct diags *diags)
{
	struct look look = {route, map, route->place.file, diags};

	check_match(&look, &conf->arena);
	take_action(&look);
	check_purpose(&look);
	check_belongings(&look);
	check_status(&look);
	check_pieces(&look);
}
