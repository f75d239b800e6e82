<!doctype html>
<html lang="{{lang}}" dir="{{dir}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noarchive">
<meta name="color-scheme" content="light dark">
<title>[[Information]]</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="{{stylesheet}}">
</head>
<body>
<nav class="exit" aria-label="[[Leave this site now]]"><a href="/exit" accesskey="x" rel="noreferrer">[[Leave this site now]]</a> <span>[[Keys: Alt and X. In Firefox: Alt, Shift and X.]]</span></nav>
<header>
<a class="skip" href="#main">[[Go to the main text]]</a>
<nav aria-label="[[Site]]">
<a href="/{{lang}}/">[[Start page]]</a>
<a href="#language" lang="en">Language</a>
</nav>
</header>
<main id="main">
