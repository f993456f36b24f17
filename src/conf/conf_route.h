#ifndef CONF_CONF_ROUTE_H
#define CONF_CONF_ROUTE_H

#include "conf/conf.h"
#include "text/yaml.h"

/* See whether a route that was read from map makes sense: it has a pattern, at
 * most one action, and only keys that belong to it. Sets its pattern and its
 * action. Errors go to diags, with their places. server.md, Routes. */
void conf_check_route(struct conf_route *route, const struct yaml_node *map,
    struct conf *conf, struct diags *diags);

#endif
