<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{{#HAS_FAULTS}}Error: {{/HAS_FAULTS}}{{title}} – Tideline staff</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="{{stylesheet}}">
</head>
<body>
<header>
<a class="skip" href="#main">Go to the main text</a>
<div class="bar">
<a class="brand" href="/">Tideline <span>staff</span></a>
{{#SIGNED_IN}}<div class="me"><a href="/account">{{my_name}}</a>
<form method="post" action="/sign-out"><input type="hidden" name="form_token" value="{{form_token}}"><button class="quiet">Sign out</button></form></div>
</div>
<nav aria-label="Pages"><ul>
{{#LINKS}}<li><a href="{{href}}"{{#HERE}} aria-current="page"{{/HERE}}>{{label}}</a></li>
{{/LINKS}}</ul></nav>{{/SIGNED_IN}}
{{^SIGNED_IN}}</div>{{/SIGNED_IN}}
</header>
{{#DEMO}}<p class="demo">This is a practice site. Everything here is made up.</p>{{/DEMO}}
<main id="main" tabindex="-1">
{{#HAS_FAULTS}}<div class="errors" role="alert" aria-labelledby="errors-title">
<h2 id="errors-title">Please look at this again</h2>
<ul>
{{#FAULTS}}<li>{{#LINKED}}<a href="#{{field}}">{{fault}}</a>{{/LINKED}}{{#PLAIN}}{{fault}}{{/PLAIN}}</li>
{{/FAULTS}}</ul>
</div>{{/HAS_FAULTS}}
{{#DONE}}<div class="done" role="status"><p>{{said}}</p></div>{{/DONE}}
